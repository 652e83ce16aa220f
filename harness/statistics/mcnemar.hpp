#pragma once

#include <cstdint>
#include <span>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// McNemar's test of two models on the same reviews: of those that only one of them called right, each is as
/// likely to be the first's as the second's (McNemar 1947; the exact binomial form: Fagerland, Lydersen and
/// Laake 2013, "The McNemar test for binary matched-pairs data"). Reviews on which both were right or both
/// wrong say nothing.
struct McNemarTest {
  std::int64_t first_only = 0;   ///< reviews that only the first called right
  std::int64_t second_only = 0;  ///< and only the second
  double p = 1;      ///< exact and two-sided: twice the smaller tail; 1 where the two never differ
  double mid_p = 1;  ///< less half of each tail's own point: nearer to 5 %, at times a little above
  Interval share;    ///< of `second_only` among both, by Clopper and Pearson 1934; 0 to 1 of none
  std::int64_t discordant() const { return first_only + second_only; }
  /// Of the second's accuracy less the first's on a test set of `reviews`, given how many are discordant.
  Interval difference(std::int64_t reviews) const;
};

/// Refused where a count is negative.
Finding<McNemarTest> mcnemar_test(std::int64_t first_only, std::int64_t second_only,
                                  double confidence = 0.95);

/// The same of one run of each: whether each review was called right, in one order. Refused where they are
/// not of one size.
Finding<McNemarTest> mcnemar_test(std::span<const bool> first_right, std::span<const bool> second_right,
                                  double confidence = 0.95);

}  // namespace rnnbench
