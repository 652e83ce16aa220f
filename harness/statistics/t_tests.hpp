#pragma once

#include <cstdint>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// A t test of the hypothesis that two means are equal; differences are of the second less the first, in the
/// unit of the values.
struct TTest {
  std::int64_t n = 0;  ///< pairs; values of both samples where they aren't paired
  double difference = 0;
  double standard_error = 0;  ///< of the difference
  double degrees_of_freedom = 0;
  double t = 0;
  double p = 1;       ///< two-sided
  Interval interval;  ///< of the difference, with the confidence asked for
};

/// Of values in pairs (Student 1908): n − 1 degrees of freedom. Refused below two pairs, where the sizes
/// differ, and where the differences are all alike.
Finding<TTest> paired_t_test(std::span<const double> first, std::span<const double> second,
                             double confidence = 0.95);

/// Of independent samples whose variances may differ (Welch 1947, degrees of freedom by Satterthwaite 1946).
/// Refused where a sample has fewer than two values, or where both are alike throughout.
Finding<TTest> welch_t_test(std::span<const double> first, std::span<const double> second,
                            double confidence = 0.95);

/// The variance of a difference of two means and its degrees of freedom.
struct WelchError {
  double variance = 0;
  double degrees_of_freedom = 0;
};

/// From the sizes of two samples (≥ 2) and the variances of their means, s² / n. n − 2 degrees where both
/// variances are 0.
WelchError welch_error(std::int64_t first_n, double first_variance, std::int64_t second_n,
                       double second_variance);

}  // namespace rnnbench
