#pragma once

#include <string>
#include <vector>

#include "plots/plot.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// The mean over `curves` by epoch, up to the last epoch of the longest; NaN at epochs where one of them
/// has no finite value, so that no mean is one of survivors.
std::vector<EpochValue> mean_curve(const std::vector<const Curve*>& curves);

/// Where that mean lies with 95 % confidence (Student's t), at epochs where all curves have a finite value;
/// empty below three curves, where it is too wide to be drawn. Values are multiplied by `scale`.
Series band_of(const std::vector<const Curve*>& curves, const std::string& name, double scale,
               const std::string& colour);

/// From the lowest to the highest of them, the mean between, at the same epochs.
Series range_of(const std::vector<const Curve*>& curves, const std::string& name, double scale,
                const std::string& colour);

}  // namespace rnnbench
