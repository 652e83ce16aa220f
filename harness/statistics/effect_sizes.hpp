#pragma once

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// How large a difference is, without a unit; positive where the second is larger. Refused where the test
/// beside which it is printed is refused.

/// Of pairs: mean difference / deviation of the differences (Cohen 1988, "Statistical Power Analysis for the
/// Behavioral Sciences", section 2.3.5, d_z).
Finding<double> cohens_dz(std::span<const double> first, std::span<const double> second);

/// Of independent samples: difference of the means / pooled deviation, times Γ(m/2) / (√(m/2) Γ((m − 1)/2))
/// with m = n − 2, which takes its bias in small samples away (Hedges 1981). From two values each on.
Finding<double> hedges_g(std::span<const double> first, std::span<const double> second);

/// Of pairs: share of the sum of signed ranks that is positive, less the share that is negative, −1 to 1
/// (Kerby 2014, "The simple difference formula"); zeros and ties as in signed_rank_test().
Finding<double> rank_biserial(std::span<const double> first, std::span<const double> second);

/// Of independent samples: P(second > first) − P(second < first), −1 to 1 (Cliff 1993, "Dominance
/// statistics").
Finding<double> cliffs_delta(std::span<const double> first, std::span<const double> second);

}  // namespace rnnbench
