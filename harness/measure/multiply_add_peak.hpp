#pragma once

#include <vector>

namespace rnnbench {

/// A processor's vector width in bits and how many single-precision operations a second it reaches with it.
struct MultiplyAddPeak {
  int bits = 0;  ///< 512, 256 (both fused multiply-add) or 128 (multiply, then add)
  int threads = 1;
  double operations_per_second = 0;  ///< a multiply-add counts as two
};

/// Widths that this processor has, the widest first.
std::vector<int> vector_widths();

/// Chains of independent multiply-adds in registers, enough of them to hide their latency, on `threads`
/// threads at once; the best of some bursts that last `seconds` together. `bits` is one of vector_widths().
MultiplyAddPeak multiply_add_peak(int bits, int threads, double seconds);

}  // namespace rnnbench
