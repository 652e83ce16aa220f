#pragma once

#include <cstddef>
#include <functional>

namespace rnnbench {

/// Threads to use where the caller says 0: one for each processor that this process may use, at most 8.
int default_threads();

/// Calls `work(0)` … `work(count - 1)`, each on a thread of its own, and waits for all; those that the system
/// refuses a thread, one after the other on the caller's. The first exception, by number, is thrown again.
void run_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace rnnbench
