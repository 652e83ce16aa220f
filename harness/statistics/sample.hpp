#pragma once

#include <optional>
#include <span>
#include <vector>

#include "harness/statistics/finding.hpp"

namespace rnnbench {

/// Bounds in the unit of the values.
struct Interval {
  double low = 0;
  double high = 0;
  bool contains(double value) const { return low <= value && value <= high; }
};

/// Why `values` can't be judged: some are NaN or infinite, or they are fewer than `at_least`. Nothing where
/// they can.
std::optional<Refusal> flaw_of(std::span<const double> values, std::size_t at_least);

/// The same of pairs; also where there are more of one than of the other, and where a difference overflows.
std::optional<Refusal> flaw_of_pairs(std::span<const double> first, std::span<const double> second,
                                     std::size_t at_least);

/// Where values are all alike nothing is known of their spread. `what`: "values", "differences".
Refusal all_alike(std::span<const double> values, const char* what);

/// second − first, pair by pair. Both are of one size.
std::vector<double> differences_of(std::span<const double> first, std::span<const double> second);

std::vector<double> finite_values(std::span<const double> values);

/// The largest magnitude among the finite ones; 0 of none.
double largest_magnitude(std::span<const double> values);

/// Whether values as large as `scale` that scatter by `deviation` are alike: they differ by no more than
/// rounding.
bool are_alike(double deviation, double scale);

}  // namespace rnnbench
