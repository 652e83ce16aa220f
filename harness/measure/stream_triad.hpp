#pragma once

#include <cstddef>

namespace rnnbench {

/// What STREAM's triad gave: a[i] = b[i] + s c[i] on arrays of doubles.
struct StreamTriad {
  int threads = 1;
  std::size_t array_bytes = 0;  ///< of each of the three
  int trials = 0;               ///< how many were made; the first isn't counted
  double bytes_per_second = 0;  ///< of the best: 3 × 8 bytes a step
};

/// The triad by STREAM's rules (McCalpin 1995, "Memory Bandwidth and Machine Balance in Current High
/// Performance Computers"; its program stream.c): whole arrays, which should each be four times the last
/// level of cache or larger; each thread its part of them; the time from the first to the last of all
/// threads; the best of ten trials. It shares nothing with measure_bandwidth(), so that one can judge the
/// other: a plain loop that the compiler makes of it what it can. Ends before the tenth trial, but not before
/// the third, when `seconds` are over, filling
/// apart. Throws EnvironmentError where there isn't memory enough.
StreamTriad stream_triad(int threads, std::size_t array_bytes, double seconds);

/// Bytes of each array: four times the caches of the last level together, but no more than a twelfth of
/// `memory_bytes` and than `most_bytes`.
std::size_t stream_array_bytes(std::size_t last_level_bytes, double memory_bytes, std::size_t most_bytes);

}  // namespace rnnbench
