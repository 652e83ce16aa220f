#pragma once

#include <string>

#include "harness/core/claim.hpp"
#include "harness/statistics/claim_verdict.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// A value of the figure's metric: "86.13" (percent) of an accuracy, "0.342" of a loss. "–": none.
std::string value_text(const std::string& metric, double value);

/// "86.13 [85.90, 86.36]": the centre and its interval where there is one.
std::string centre_text(const ReportedFigure& figure, const ClaimVerdict& verdict);

/// "test accuracy", "best test accuracy"; with "%" where values are percents.
std::string figure_name(const ReportedFigure& figure);

/// "libtorch", "libtorch on cuda"; with its threads where these aren't one.
std::string engine_text(const TrialData& trial);

/// "NOT REPRODUCED"; "INCONCLUSIVE: 12 runs would decide".
std::string outcome_text(const ClaimVerdict& verdict);

}  // namespace rnnbench
