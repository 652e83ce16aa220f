#pragma once

#include <cstdint>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// Where the probability behind `successes` of `n` independent trials lies with `confidence`: the score
/// interval (Wilson 1927; recommended by Brown, Cai and DasGupta 2001, "Interval Estimation for a Binomial
/// Proportion"), without continuity correction. 0 to 1 of no trials; 0 ≤ successes ≤ n.
Interval wilson_interval(std::int64_t successes, std::int64_t n, double confidence = 0.95);

}  // namespace rnnbench
