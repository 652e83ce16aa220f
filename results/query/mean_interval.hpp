#pragma once

#include <optional>
#include <span>
#include <vector>

namespace rnnbench {

/// The mean of independent replicates and where the true mean lies with 95 % confidence.
struct MeanInterval {
  int n = 0;
  double mean = 0;  ///< NaN where n is 0
  struct Bounds {
    double low = 0;
    double high = 0;
  };
  std::optional<Bounds> bounds;  ///< none below two replicates
};

/// t_interval() of harness/statistics, of what a table or figure has: values that are not finite are left
/// out, and the interval of values that are all alike is their value.
MeanInterval mean_interval(std::span<const double> values);

/// The finite ones of `values`.
std::vector<double> finite(std::span<const double> values);

}  // namespace rnnbench
