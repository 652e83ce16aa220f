#include "harness/cli/interrupt.hpp"

#include <unistd.h>

#include <ctime>

namespace rnnbench {

Interrupt::Interrupt() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  waiter_ = std::jthread([this](const std::stop_token& program_ends) {
    constexpr timespec kPoll{.tv_sec = 0, .tv_nsec = 20'000'000};
    while (!program_ends.stop_requested()) {
      if (sigtimedwait(&signals_, nullptr, &kPoll) < 0) continue;
      if (!source_.request_stop()) ::_exit(kExitCode);
    }
  });
}

Interrupt::~Interrupt() = default;

}  // namespace rnnbench
