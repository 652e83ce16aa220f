#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "plots/plot.hpp"

namespace rnnbench {

/// The least and greatest finite value seen.
struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value);
  bool empty() const { return low > high; }
};

/// A linear axis around `range`, a little wider, with about `ticks` round ticks. Never beyond
/// [`floor`, `ceiling`], and at least `least_span` wide.
Axis linear_axis(const std::string& label, Range range, int ticks, double least_span = 0,
                 double floor = -std::numeric_limits<double>::infinity(),
                 double ceiling = std::numeric_limits<double>::infinity());

/// A logarithmic axis around `range` (> 0) with ticks at 1, 2 and 5 times powers of ten; at powers alone
/// where those would be more than nine, evenly spaced where they would be fewer than three.
Axis log_axis(const std::string& label, Range range);

/// Percent of a fraction's axis: the label tells which part of 0–100 % is shown.
Axis percent_axis(const std::string& label, Range range, int ticks);

/// Values evenly spaced, whatever they are: the first at 0, the next at 1, …
Axis index_axis(const std::string& label, const std::vector<int>& values);

/// Ticks at whole epochs.
Axis epoch_axis(const std::string& label, int last_epoch);

}  // namespace rnnbench
