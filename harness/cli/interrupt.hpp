#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace rnnbench {

/// Turns signals that ask the program to end into a stop request. Make it in `main` before any other thread
/// starts: it blocks the signals there and waits for them on a thread of its own. A second signal ends the
/// program at once; the database survives that as it survives a kill. SIGTSTP (Ctrl-Z) suspends it with all
/// that it started.
class Interrupt {
 public:
  enum class By {
    kUser,    ///< SIGINT (Ctrl-C), SIGTERM, and SIGHUP (the terminal is gone) where it is not ignored
    kParent,  ///< SIGTERM of the program that started this one, which itself hears the user's
  };

  explicit Interrupt(By by);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }

  /// What shells expect of a program that ended on Ctrl-C.
  static constexpr int kExitCode = 130;

 private:
  sigset_t signals_{};
  std::stop_source source_;
  std::jthread waiter_;
};

}  // namespace rnnbench
