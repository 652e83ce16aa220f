#include "harness/core/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

[[noreturn]] void fail(const std::string& what, int error) {
  throw EnvironmentError(fmt::format("can't start {}: {}", what, std::strerror(error)));
}

/// A pipe that programs started later don't inherit; closed at the end where it was not taken.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) fail("pipe", errno);
  }
  ~Pipe() {
    for (const int end : ends_) {
      if (end >= 0) ::close(end);
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  int take_read_end() { return std::exchange(ends_[0], -1); }
  int take_write_end() { return std::exchange(ends_[1], -1); }

 private:
  std::array<int, 2> ends_ = {-1, -1};
};

// Between fork and exec: only what is safe there, see signal-safety(7).

void become_child(pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  sigset_t none;
  sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);  // this program blocks those that it waits for
  ::signal(SIGPIPE, SIG_DFL);                      // and ignores these, which other programs rely on
  ::signal(SIGXFSZ, SIG_DFL);
}

void put_at(int file, int descriptor) {
  if (file == descriptor) {
    ::fcntl(file, F_SETFD, 0);
  } else {
    ::dup2(file, descriptor);
  }
}

void never_wait(int pipe) { ::fcntl(pipe, F_SETFL, O_NONBLOCK); }

}  // namespace

std::string in_words(const ProcessEnd& end) {
  if (end.signal != 0) return fmt::format("signal {} ({})", end.signal, ::strsignal(end.signal));
  return fmt::format("exit code {}", end.exit_code);
}

ChildProcess::ChildProcess(const std::vector<std::string>& command, Messages where) {
  Pipe input;
  Pipe messages;
  Pipe output;
  Pipe failure;
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  id_ = ::fork();
  if (id_ < 0) fail(command.front(), errno);
  if (id_ == 0) {
    const bool on_output = where == Messages::kOnStandardOutput;
    become_child(parent);
    ::dup2(input.read_end(), STDIN_FILENO);
    ::dup2(on_output ? messages.write_end() : output.write_end(), STDOUT_FILENO);
    ::dup2(output.write_end(), STDERR_FILENO);
    if (!on_output) put_at(messages.write_end(), kDescriptor);
    ::execvp(arguments[0], arguments.data());
    const int error = errno;
    static_cast<void>(!::write(failure.write_end(), &error, sizeof(error)));
    ::_exit(127);
  }
  ::close(failure.take_write_end());
  int error = 0;
  if (::read(failure.read_end(), &error, sizeof(error)) == sizeof(error)) {  // ends with a successful exec
    ::waitpid(id_, nullptr, 0);
    fail(command.front(), error);
  }
  input_ = input.take_write_end();
  messages_ = messages.take_read_end();
  output_ = output.take_read_end();
  never_wait(input_);
  never_wait(messages_);
  never_wait(output_);
}

ChildProcess::~ChildProcess() {
  if (!ended()) {
    send_signal(SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  for (const int pipe : {input_, messages_, output_}) {
    if (pipe >= 0) ::close(pipe);
  }
}

bool ChildProcess::send(const std::string& text) {
  unsent_ += text;
  return send_more();
}

bool ChildProcess::send_more() {
  while (!unsent_.empty() && input_ >= 0) {
    const ssize_t count = ::write(input_, unsent_.data(), unsent_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return true;
    if (count < 0) {
      unsent_.clear();
      is_last_ = true;
    } else {
      unsent_.erase(0, static_cast<std::size_t>(count));
    }
  }
  if (is_last_ && input_ >= 0) ::close(std::exchange(input_, -1));
  return input_ >= 0;
}

void ChildProcess::close_input() {
  is_last_ = true;
  send_more();
}

void ChildProcess::poll_into(std::vector<pollfd>& pipes) const {
  if (input_ >= 0 && !unsent_.empty()) pipes.push_back({input_, POLLOUT, 0});
  for (const int pipe : {messages_, output_}) {
    if (pipe >= 0) pipes.push_back({pipe, POLLIN, 0});
  }
}

void ChildProcess::take(int& pipe, std::string& text) {
  std::array<char, 1 << 14> piece;
  while (pipe >= 0) {
    const ssize_t count = ::read(pipe, piece.data(), piece.size());
    if (count > 0) {
      text.append(piece.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
      ::close(std::exchange(pipe, -1));
    } else if (errno != EINTR) {
      return;
    }
  }
}

void ChildProcess::send_signal(int signal) const { ::kill(id_, signal); }

std::optional<ProcessEnd> ChildProcess::ended() {
  if (end_) return end_;
  int status = 0;
  const pid_t waited = ::waitpid(id_, &status, WNOHANG);
  if (waited == id_) {
    end_ = WIFSIGNALED(status) ? ProcessEnd{-1, WTERMSIG(status)} : ProcessEnd{WEXITSTATUS(status), 0};
  } else if (waited < 0 && errno == ECHILD) {
    end_ = ProcessEnd{-1, SIGKILL};  // see end_descendants()
  }
  return end_;
}

}  // namespace rnnbench
