#pragma once

#include <optional>
#include <span>
#include <vector>

#include "harness/statistics/finding.hpp"

namespace rnnbench {

/// p values of one table adjusted so that the chance of any false "different" in it stays below the level
/// (Holm 1979, "A simple sequentially rejective multiple test procedure"): the i-th smallest of m is
/// multiplied by m − i + 1, no smaller than those before it and no more than 1. In the order given; an absent
/// p (a test that could not be made) stays absent and doesn't count. Refused where a p is not between 0
/// and 1.
Finding<std::vector<std::optional<double>>> holm(std::span<const std::optional<double>> p_values);

}  // namespace rnnbench
