#pragma once

#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rnnbench {

/// A server on a free port of 127.0.0.1 that answers one request a connection, each with the next of the
/// given answers, byte for byte, and then hangs up: so it can lie and break off as it likes. With no answer
/// left it hangs up at once.
class ScriptedServer {
 public:
  struct Answer {
    std::string bytes;    ///< status line, headers and content
    bool stalls = false;  ///< before hanging up, waits until the client does, ten seconds at most
  };

  ScriptedServer();
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  void answer(std::vector<Answer> answers);
  /// Request lines and headers as they came.
  std::vector<std::string> requests();
  /// Whether the client hung up on an answer that stalls. Waits until that is known.
  bool client_hung_up();
  std::string url(const std::string& path) const;

 private:
  void serve();
  void serve_one(int connection);

  int listener_;
  int port_ = 0;
  std::mutex mutex_;
  std::deque<Answer> answers_;
  std::vector<std::string> requests_;
  std::promise<bool> hung_up_;
  std::thread thread_;
};

}  // namespace rnnbench
