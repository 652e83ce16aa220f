#pragma once

#include <functional>
#include <vector>

namespace rnnbench {

/// Calls work(0) to work(threads − 1) at once, the first on this thread. Throws EnvironmentError where a
/// thread can't be started; then none of them was begun.
void run_together(int threads, const std::function<void(int)>& work);

/// Calls a second in one burst.
struct BurstRate {
  double summed = 0;    ///< each thread's calls by the time until it ended: for what threads don't share
  double together = 0;  ///< all calls by the time until the last thread ended: for what they share, as memory
};

/// Calls `call(thread)` again and again on `threads` threads at once, thread 0 being the caller's, in bursts
/// of `burst_seconds` until `seconds` are over, three at least. Every burst begins at one moment, and no
/// thread begins a call later than `burst_seconds` after that but its first: calls should be short beside a
/// burst. Each thread's first call comes before the first burst and isn't counted. `call` throws nothing.
std::vector<BurstRate> burst_rates(int threads, double burst_seconds, double seconds,
                                   const std::function<void(int)>& call);

/// The largest of each: what the machine can do where others use it too.
double best_summed(const std::vector<BurstRate>& rates);
double best_together(const std::vector<BurstRate>& rates);

/// How long a burst is, in `seconds` of them.
constexpr double burst_length(double seconds) { return seconds < 0.05 ? seconds / 10 : 5e-3; }

/// 1, 2, 4, … and `cores`.
std::vector<int> thread_counts(int cores);

}  // namespace rnnbench
