#pragma once

#include <chrono>

struct sqlite3;

namespace rnnbench {

/// How a connection waits for another process's lock: for so long at most, asking again after pauses of
/// random length. SQLite's own pauses grow to 100 ms, so that who has waited long is asked least often and
/// may be passed over for good by many busy writers; these shrink instead.
class LockPatience {
 public:
  explicit LockPatience(std::chrono::milliseconds limit) : limit_(limit) {}
  LockPatience(const LockPatience&) = delete;
  LockPatience& operator=(const LockPatience&) = delete;

  /// Replaces the connection's busy handler; this must outlive the connection.
  void install(sqlite3* connection);

  /// How long to pause who has waited so long, before chance.
  static std::chrono::microseconds pause_after(std::chrono::milliseconds waited);

 private:
  static int wait(void* self, int earlier_waits);

  const std::chrono::milliseconds limit_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace rnnbench
