#pragma once

#include "harness/statistics/moments.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// Mean and sample standard deviation as cells of a table.
struct Moments : SampleMoments {
  /// NULL of no value.
  TableCell mean_cell() const { return n > 0 ? TableCell(mean) : TableCell(); }
  /// NULL below two values.
  TableCell deviation_cell() const { return n > 1 ? TableCell(deviation()) : TableCell(); }
};

}  // namespace rnnbench
