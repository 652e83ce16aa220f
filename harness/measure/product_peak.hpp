#pragma once

namespace rnnbench {

/// c = a b by some library, on the calling thread alone: all [size, size] in single precision, row-major.
using Multiply = void (*)(const float* a, const float* b, float* c, int size);

/// The best of products of matrices: 2 size³ operations each.
struct ProductPeak {
  int size = 0;  ///< of the best
  double operations_per_second = 0;
};

/// Each of `threads` threads multiplies matrices of its own of sizes from 384 to 1024, which no first or
/// second level of cache holds: all together the best of those that
/// began together within `seconds`. Half of that is for
/// the best of the sizes again. A size that
/// wouldn't end in time, as the one before tells, is left out. Throws what the first product throws; the
/// later ones must not.
ProductPeak product_peak(Multiply multiply, int threads, double seconds);

}  // namespace rnnbench
