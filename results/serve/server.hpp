#pragma once

#include <memory>
#include <string>

#include "results/serve/site.hpp"

namespace rnnbench {

/// Answers HTTP with a Site. A fixed number of threads; a client that sends or takes too slowly is cut off,
/// bodies and addresses are limited, and whoever doesn't find a thread waits until one is free.
class WebServer {
 public:
  /// Takes the address and port of `options` (0: any free one). Throws EnvironmentError where the port is
  /// taken or the address is none of this machine.
  explicit WebServer(SiteOptions options);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  int port() const;
  /// Answers until stop() is called, from another thread or a signal's.
  void run();
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rnnbench
