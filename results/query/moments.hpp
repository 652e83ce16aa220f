#pragma once

#include <cmath>
#include <cstdint>

#include "results/query/table.hpp"

namespace rnnbench {

/// Mean and sample standard deviation of values as they come, in one pass (Welford 1962).
struct Moments {
  std::int64_t n = 0;
  double mean = 0;
  double squares = 0;  ///< sum of squared differences from the mean

  void add(double value) {
    ++n;
    const double difference = value - mean;
    mean += difference / static_cast<double>(n);
    squares += difference * (value - mean);
  }

  /// NULL of no value.
  TableCell mean_cell() const { return n > 0 ? TableCell(mean) : TableCell(); }
  /// NULL below two values.
  TableCell deviation_cell() const {
    return n > 1 ? TableCell(std::sqrt(squares / static_cast<double>(n - 1))) : TableCell();
  }
};

}  // namespace rnnbench
