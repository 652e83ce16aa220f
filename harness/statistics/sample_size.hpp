#pragma once

#include <cstdint>

namespace rnnbench {

/// Pairs that show two equal means to be equivalent within ±`margin` with a power of 80 %, by the paired test
/// of equivalence.hpp, where the differences scatter with standard deviation `deviation` (≥ 0; `margin` > 0).
/// The smallest n ≥ 2 with
///
///   n ≥ (t(0.95, n − 1) + t(0.90, n − 1))² · (deviation / margin)²
///
/// Chow, Shao and Wang 2008, "Sample Size Calculations in Clinical Research", formula 3.1.9 for a true
/// difference of zero, with Student's quantiles in the place of the normal ones: 0.90 and not 0.80, since
/// either side may fail. 0 where an argument is no such number.
std::int64_t pairs_for_equivalence(double deviation, double margin);

}  // namespace rnnbench
