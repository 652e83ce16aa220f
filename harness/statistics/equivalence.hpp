#pragma once

#include <optional>
#include <span>
#include <string>

namespace rnnbench {

/// Two one-sided t tests (Schuirmann 1987): the hypothesis that two means differ by `margin` or more is
/// tested from either side at 5 %. Both are refused exactly where the 90 % interval of the difference lies
/// within ±margin. A difference that isn't significant, in contrast, shows nothing.
///
/// Where the values are all alike (paired: the differences), their spread is 0 and there is no t statistic.
/// Then `standard_error` is 0, the interval is the difference itself and the verdict rests on the difference
/// alone; `p` is 0 where that lies within the margin, else 1, and no test's: p_text() doesn't print it. Alike
/// is what differs by no more than rounding.
struct Equivalence {
  int n = 0;  ///< pairs; values of both samples where they aren't paired
  double degrees_of_freedom = 0;
  double difference = 0;      ///< mean of the second less the mean of the first
  double standard_error = 0;  ///< of the difference; paired: the differences' deviation / √n; 0: all alike
  double low = 0;             ///< of the 90 % interval of the difference
  double high = 0;
  double margin = 0;
  double p = 1;  ///< the larger of the two tests' p values

  bool shown() const { return p < 0.05; }
  /// Whether the whole interval lies beyond the margin: the means differ by more than that.
  bool refuted() const { return low > margin || high < -margin; }
};

/// kEquivalent, kDifferent or kNotShown of harness/core/parity_seeds.hpp.
std::string verdict_of(const Equivalence& test);

/// "p < 0.001" or "p = 0.012"; "every seed alike" where `spread`, the standard error or the deviation of what
/// was tested, is 0.
std::string p_text(double p, double spread);

/// Of values in pairs: a Student t test of their differences, n − 1 degrees of freedom. Pairs in which a
/// value is not finite are left out; nothing below two pairs, where the sizes differ, and of values too large
/// to be squared. `margin` > 0.
std::optional<Equivalence> paired_equivalence(std::span<const double> first, std::span<const double> second,
                                              double margin);

/// Of independent samples whose variances may differ: Welch's t test with his degrees of freedom (Welch
/// 1947). Values that are not finite are left out; nothing where a sample has fewer than two, or too large
/// ones.
std::optional<Equivalence> welch_equivalence(std::span<const double> first, std::span<const double> second,
                                             double margin);

}  // namespace rnnbench
