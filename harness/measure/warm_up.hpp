#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace rnnbench {

/// When timed steps are warm: the first `least` never are; then as soon as the medians of two successive
/// windows differ by no more than `tolerance` (relative to the later), and after `most` steps in any case.
struct WarmUpRule {
  std::size_t least = 3;
  std::size_t window = 5;
  double tolerance = 0.05;
  std::size_t most = 100;
};

/// How many of the first samples [ns] are warm-up. Where there are too few for two windows after `least`,
/// `least` are (or all).
std::size_t warm_up_steps(std::span<const std::int64_t> samples_ns, const WarmUpRule& rule = {});

/// Whether the steps taken so far have shown that the next one is warm.
bool is_warm(std::span<const std::int64_t> samples_ns, const WarmUpRule& rule = {});

}  // namespace rnnbench
