#pragma once

#include <httplib.h>

#include <chrono>

namespace rnnbench {

/// A connection with an end to patience: a request must be there within kRequestSeconds of its first byte,
/// and an answer may wait for its reader kWriteSeconds and a second for every 10 kB.
class DeadlineStream final : public httplib::Stream {
 public:
  static constexpr std::chrono::seconds kRequestSeconds{10};
  static constexpr std::chrono::seconds kWriteSeconds{10};

  explicit DeadlineStream(socket_t socket);

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* bytes, std::size_t size) override;
  ssize_t write(const char* bytes, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  socket_t socket_;
  std::chrono::steady_clock::time_point request_end_;
  std::chrono::steady_clock::duration waited_{};  ///< for the reader
  std::size_t written_ = 0;
};

/// Whether the socket can be read from within so long.
bool is_readable_within(socket_t socket, std::chrono::milliseconds time);

}  // namespace rnnbench
