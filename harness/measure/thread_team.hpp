#pragma once

#include <functional>
#include <vector>

namespace rnnbench {

/// Calls `call(thread)` again and again on `threads` threads at once, thread 0 being the caller's, in bursts
/// of `burst_seconds` until `seconds` are over, three at least: every burst begins together, and each thread
/// ends it by itself, so that calls should be short beside it. Gives each burst's calls a second, of all
/// threads together. Each thread's first call comes before the first burst and isn't counted. `call` throws
/// nothing.
std::vector<double> burst_rates(int threads, double burst_seconds, double seconds,
                                const std::function<void(int)>& call);

/// The best of bursts of 5 ms, or of a tenth of `seconds` where that is less: what the machine can do where
/// others use it too.
double best_rate(int threads, double seconds, const std::function<void(int)>& call);

/// 1, 2, 4, … and `cores`.
std::vector<int> thread_counts(int cores);

}  // namespace rnnbench
