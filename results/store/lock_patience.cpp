#include "results/store/lock_patience.hpp"

#include <sqlite3.h>

#include <random>
#include <thread>

namespace rnnbench {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

void LockPatience::install(sqlite3* connection) {
  sqlite3_busy_handler(connection, &LockPatience::wait, this);
}

microseconds LockPatience::pause_after(milliseconds waited) {
  if (waited < milliseconds(10)) return microseconds(500);
  if (waited < milliseconds(1000)) return milliseconds(4);
  return waited < milliseconds(5000) ? milliseconds(1) : microseconds(250);
}

int LockPatience::wait(void* self, int earlier_waits) {
  auto& patience = *static_cast<LockPatience*>(self);
  const auto now = steady_clock::now();
  if (earlier_waits == 0) patience.begin_ = now;
  const auto waited = std::chrono::duration_cast<milliseconds>(now - patience.begin_);
  if (waited >= patience.limit_) return 0;
  thread_local std::minstd_rand random(std::random_device{}());
  const auto pause = pause_after(waited);
  std::uniform_int_distribution<std::int64_t> length(pause.count() / 2, 3 * pause.count() / 2);
  std::this_thread::sleep_for(microseconds(length(random)));
  return 1;
}

}  // namespace rnnbench
