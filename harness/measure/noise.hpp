#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rnnbench {

/// Which samples are noisy: farther from the median than 3.5 times the median absolute deviation over 0.6745
/// (the modified z-score of Iglewicz and Hoaglin 1993, "How to Detect and Handle Outliers"). Where more than
/// half of them are alike, those that are more than 1 % off. They are flagged, never left out.
std::vector<bool> noisy_samples(std::span<const std::int64_t> samples_ns);

/// How many of them.
std::size_t noisy_count(std::span<const std::int64_t> samples_ns);

/// Why these durations can't be trusted at all, or "": a clock that went back, that stood still, or none.
std::string clock_problem(std::span<const std::int64_t> samples_ns);

}  // namespace rnnbench
