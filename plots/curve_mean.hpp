#pragma once

#include <vector>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// The mean over `curves` by epoch, up to the last epoch of the longest; NaN at epochs where one of them
/// has no finite value, so that no mean is one of survivors.
std::vector<EpochValue> mean_curve(const std::vector<const Curve*>& curves);

}  // namespace rnnbench
