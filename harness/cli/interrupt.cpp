#include "harness/cli/interrupt.hpp"

#include <unistd.h>

#include <csignal>
#include <ctime>

#include "harness/core/process_tree.hpp"

namespace rnnbench {

namespace {

/// `nohup` has it ignored.
bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Stops what this program started, which a terminal would do itself, and this; until it is told to go on.
void suspend() {
  for (const pid_t each : descendants_of(::getpid())) ::kill(each, SIGSTOP);
  ::raise(SIGSTOP);  // to this thread: one to the process might stop it only after the next line
  for (const pid_t each : descendants_of(::getpid())) ::kill(each, SIGCONT);
}

}  // namespace

Interrupt::Interrupt(By by) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  if (by == By::kUser) {
    sigaddset(&signals_, SIGINT);
    if (!is_ignored(SIGHUP)) sigaddset(&signals_, SIGHUP);
    if (!is_ignored(SIGTSTP)) sigaddset(&signals_, SIGTSTP);
  } else {
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGHUP, SIG_IGN);
  }
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  waiter_ = std::jthread([this](const std::stop_token& program_ends) {
    constexpr timespec kPoll{.tv_sec = 0, .tv_nsec = 20'000'000};
    while (!program_ends.stop_requested()) {
      const int signal = sigtimedwait(&signals_, nullptr, &kPoll);
      if (signal < 0) continue;
      if (signal == SIGTSTP) {
        suspend();
        continue;
      }
      if (!source_.request_stop()) ::_exit(kExitCode);
    }
  });
}

Interrupt::~Interrupt() = default;

}  // namespace rnnbench
