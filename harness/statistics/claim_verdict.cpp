#include "harness/statistics/claim_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/statistics/mean_intervals.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/sample_size.hpp"

namespace rnnbench {
namespace {

/// Where our centre may lie.
Interval band_of(const ReportedFigure& figure) {
  const double reach = figure.margin + figure.rounding / 2;
  return {figure.value - reach, figure.value + reach};
}

constexpr std::int64_t kLeastByOrder = 6;  // see median_interval()

/// Whether all runs gave one value, so that there is no spread to judge by but the value itself.
bool all_equal(std::span<const double> values) {
  const SampleMoments moments = moments_of(values);
  return are_alike(moments.deviation(), largest_magnitude(values));
}

/// Fills in the centre and its bounds. Gives why there are none, or "".
std::string estimate(ClaimVerdict& verdict, std::span<const double> values) {
  if (verdict.by_order) {
    verdict.centre = quantile_of({values.begin(), values.end()}, 0.5);
    verdict.prediction = Interval{std::ranges::min(values), std::ranges::max(values)};
    const auto n = static_cast<double>(verdict.n);
    verdict.prediction_confidence = (n - 1) / (n + 1);
    if (verdict.n >= kLeastByOrder && all_equal(values)) {
      verdict.interval = verdict.prediction;
      return "";
    }
    const Finding<QuantileEstimate> median = median_interval(values);
    if (verdict.n < kLeastByOrder) verdict.runs_needed = kLeastByOrder;
    if (median) verdict.interval = median->interval;
    return median.why_not();
  }
  if (verdict.n >= 2 && all_equal(values)) {
    verdict.interval = verdict.prediction = Interval{verdict.centre, verdict.centre};
    return "";
  }
  const Finding<MeanEstimate> mean = t_interval(values);
  if (!mean) return mean.why_not();
  verdict.interval = mean->interval;
  verdict.prediction = prediction_interval(values)->interval;
  return "";
}

/// How many runs would bring the interval to one side of the edge of `band` that it lies across; 0: not
/// known.
std::int64_t runs_to_decide(const ClaimVerdict& verdict, const Interval& band,
                            std::span<const double> values) {
  const double centre = verdict.centre;
  const bool across_low = verdict.interval->low < band.low && verdict.interval->high >= band.low;
  const double edge = across_low ? band.low : band.high;
  const double distance = std::abs(centre - edge);
  if (distance == 0) return 0;
  if (!verdict.by_order) {
    return std::max(verdict.n + 1, runs_for_precision(moments_of(values).deviation(), distance));
  }
  // The bound that lies beyond the edge comes nearer to the median as 1 / √n.
  const double reach = centre < edge ? verdict.interval->high - centre : centre - verdict.interval->low;
  const double needed = static_cast<double>(verdict.n) * std::pow(reach / distance, 2);
  return needed < 1e6 ? std::max(verdict.n + 1, static_cast<std::int64_t>(std::ceil(needed))) : 0;
}

}  // namespace

const char* name_of(ClaimOutcome outcome) {
  switch (outcome) {
    case ClaimOutcome::kReproduced:
      return "REPRODUCED";
    case ClaimOutcome::kNotReproduced:
      return "NOT REPRODUCED";
    case ClaimOutcome::kInconclusive:
      break;
  }
  return "INCONCLUSIVE";
}

bool may_lie_within(const Interval& interval, double value, double rounding) {
  return value + rounding / 2 >= interval.low && value - rounding / 2 <= interval.high;
}

ClaimVerdict judge_claim(const ReportedFigure& figure, std::span<const double> values, std::int64_t at_chance,
                         std::int64_t failed) {
  ClaimVerdict verdict;
  verdict.failed = failed;
  verdict.n = static_cast<std::int64_t>(values.size());
  verdict.at_chance = at_chance;
  verdict.by_order = at_chance > 0;
  verdict.centre = values.empty() ? std::numeric_limits<double>::quiet_NaN() : moments_of(values).mean;
  if (values.empty()) {
    verdict.reason = failed > 0 ? "no run that failed gives the figure" : "no run gives the figure";
    return verdict;
  }
  if (const auto flaw = flaw_of(values, 1)) {
    verdict.reason = flaw->reason;
    return verdict;
  }
  if (const std::string why_not = estimate(verdict, values); !why_not.empty()) {
    verdict.reason = why_not;
    return verdict;
  }

  const Interval band = band_of(figure);
  const Interval& ours = *verdict.interval;
  const char* centre = verdict.by_order ? "median" : "mean";
  if (ours.high < band.low || ours.low > band.high) {
    verdict.outcome = ClaimOutcome::kNotReproduced;
    verdict.reason = fmt::format("the interval of the {} lies outside the margin", centre);
  } else if (ours.low < band.low || ours.high > band.high) {
    verdict.runs_needed = runs_to_decide(verdict, band, values);
    verdict.reason = fmt::format("the interval of the {} lies across the margin's edge", centre);
  } else if (!may_lie_within(*verdict.prediction, figure.value, figure.rounding)) {
    verdict.reason = fmt::format(
        "the {} is within the margin, but the reported value lies outside of what one more run would give",
        centre);
  } else {
    verdict.outcome = ClaimOutcome::kReproduced;
    verdict.reason =
        fmt::format("the {} lies within the margin, the reported value within the runs' spread", centre);
  }
  if (failed > 0) {
    verdict.outcome = ClaimOutcome::kInconclusive;
    verdict.runs_needed = 0;
    verdict.reason =
        "runs failed, and those that didn't can't speak for them: see `rnnbench query failures`, run them "
        "again";
  }
  return verdict;
}

}  // namespace rnnbench
