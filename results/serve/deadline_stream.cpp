#include "results/serve/deadline_stream.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSlowestReader = 10'000;  // bytes a second

bool is_ready(socket_t socket, short events, std::chrono::milliseconds time) {
  pollfd wanted{socket, events, 0};
  const int most = static_cast<int>(std::max<std::int64_t>(time.count(), 0));
  int found = 0;
  do {
    found = ::poll(&wanted, 1, most);
  } while (found < 0 && errno == EINTR);
  return found > 0 && (wanted.revents & (events | POLLHUP | POLLERR)) != 0;
}

std::chrono::milliseconds left_until(Clock::time_point end) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
}

}  // namespace

bool is_readable_within(socket_t socket, std::chrono::milliseconds time) {
  return is_ready(socket, POLLIN, time);
}

DeadlineStream::DeadlineStream(socket_t socket)
    : socket_(socket), request_end_(Clock::now() + kRequestSeconds) {}

bool DeadlineStream::is_readable() const { return is_ready(socket_, POLLIN, left_until(request_end_)); }

bool DeadlineStream::is_writable() const {
  char byte = 0;
  const bool closed = is_ready(socket_, POLLIN, std::chrono::milliseconds(0)) &&
                      ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
  return !closed && is_ready(socket_, POLLOUT, kWriteSeconds);
}

ssize_t DeadlineStream::read(char* bytes, std::size_t size) {
  if (!is_readable()) return -1;
  ssize_t got = 0;
  do {
    got = ::recv(socket_, bytes, size, 0);
  } while (got < 0 && errno == EINTR);
  return got;
}

ssize_t DeadlineStream::write(const char* bytes, std::size_t size) {
  const auto patience = std::chrono::duration_cast<Clock::duration>(
      kWriteSeconds + std::chrono::duration<double>(static_cast<double>(written_) / kSlowestReader));
  const Clock::time_point begin = Clock::now();
  const bool ready =
      is_ready(socket_, POLLOUT, std::chrono::duration_cast<std::chrono::milliseconds>(patience - waited_));
  waited_ += Clock::now() - begin;
  if (!ready) return -1;
  ssize_t sent = 0;
  do {
    sent = ::send(socket_, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  } while (sent < 0 && errno == EINTR);
  if (sent > 0) written_ += static_cast<std::size_t>(sent);
  return sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : sent;
}

void DeadlineStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void DeadlineStream::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

}  // namespace rnnbench
