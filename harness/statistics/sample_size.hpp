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

/// The chance that the paired t test of t_tests.hpp calls a true difference of `effect` deviations of the
/// differences at 5 %, two-sided, with `pairs` ≥ 2: by the noncentral t distribution (Cohen 1988,
/// "Statistical Power Analysis for the Behavioral Sciences", chapter 2, computed exactly).
double power_of_pairs(std::int64_t pairs, double effect);

/// The smallest number of pairs whose power to find a true `difference` is 80 %, where the differences
/// scatter with standard deviation `deviation`. 0 where an argument is no such number or the difference is 0.
std::int64_t pairs_for_difference(double deviation, double difference);

/// The smallest number of runs, or pairs, whose 95 % interval of the mean is expected to reach no further
/// than `half_width` (> 0) to either side: t(0.975, n − 1) · deviation / √n (Hahn and Meeker 1991,
/// "Statistical Intervals", chapter 8). 0 where an argument is no such number.
std::int64_t runs_for_precision(double deviation, double half_width);

}  // namespace rnnbench
