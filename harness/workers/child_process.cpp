#include "harness/workers/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "harness/core/error.hpp"

extern char** environ;

namespace rnnbench {
namespace {

[[noreturn]] void fail(const std::string& what, int error) {
  throw EnvironmentError(fmt::format("can't start a worker process: {}: {}", what, std::strerror(error)));
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

void never_wait(int pipe) { ::fcntl(pipe, F_SETFL, O_NONBLOCK); }

}  // namespace

std::string in_words(const ProcessEnd& end) {
  if (end.signal != 0) return fmt::format("signal {} ({})", end.signal, ::strsignal(end.signal));
  return fmt::format("exit code {}", end.exit_code);
}

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
  Pipe input;
  Pipe messages;
  Pipe output;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input.read_end(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output.write_end(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, output.write_end(), STDERR_FILENO);
  posix_spawn_file_actions_adddup2(&files, messages.write_end(), kMessages);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);  // this program blocks those that it waits for
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);

  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const int error = ::posix_spawn(&id_, arguments[0], &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) fail(command.front(), error);

  input_ = input.take_write_end();
  messages_ = messages.take_read_end();
  output_ = output.take_read_end();
  never_wait(messages_);
  never_wait(output_);
}

ChildProcess::~ChildProcess() {
  if (!ended()) {
    send_signal(SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  close_input();
  for (const int pipe : {messages_, output_}) {
    if (pipe >= 0) ::close(pipe);
  }
}

bool ChildProcess::send(const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t count = ::write(input_, text.data() + sent, text.size() - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

void ChildProcess::close_input() {
  if (input_ >= 0) ::close(std::exchange(input_, -1));
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
  int status = 0;
  if (!end_ && ::waitpid(id_, &status, WNOHANG) == id_) {
    end_ = WIFSIGNALED(status) ? ProcessEnd{-1, WTERMSIG(status)} : ProcessEnd{WEXITSTATUS(status), 0};
  }
  return end_;
}

}  // namespace rnnbench
