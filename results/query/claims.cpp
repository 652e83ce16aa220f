#include "results/query/claims.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "results/query/mean_interval.hpp"

namespace rnnbench {
namespace {

constexpr double kChance = 0.6;

}  // namespace

double figure_of(const RunData& run, const ReportedFigure& figure) {
  const Curve* curve = find_curve(run, figure.metric, figure.split);
  if (curve == nullptr || curve->points.empty()) return std::numeric_limits<double>::quiet_NaN();
  if (figure.epoch == ReportedFigure::Epoch::kLast) return curve->points.back().value;
  const auto less = [](const EpochValue& a, const EpochValue& b) { return a.value < b.value; };
  return figure.metric == "loss" ? std::ranges::min_element(curve->points, less)->value
                                 : std::ranges::max_element(curve->points, less)->value;
}

double mean_seconds(const TrialData& trial) {
  std::vector<double> seconds;
  for (const RunData& run : trial.runs) {
    if (run.status == "finished") seconds.push_back(run.train_seconds);
  }
  return mean_interval(finite(seconds)).mean;
}

bool stays_at_chance(const RunData& run) {
  const auto is_accuracy = [](const Curve& curve) { return curve.name == "accuracy"; };
  if (std::ranges::none_of(run.curves, is_accuracy)) return false;
  return std::ranges::all_of(run.curves, [](const Curve& curve) {
    return curve.name != "accuracy" || std::ranges::all_of(curve.points, [](const EpochValue& point) {
             return !(point.value > kChance);
           });
  });
}

std::vector<double> figures_of(const TrialData& trial, const ReportedFigure& figure) {
  std::vector<double> values;
  for (const RunData& run : trial.runs) {
    const double value = run.status == "finished" ? figure_of(run, figure) : std::nan("");
    if (!std::isnan(value)) values.push_back(value);
  }
  return values;
}

std::vector<JudgedFigure> judge_figures(const ClaimData& claim) {
  std::vector<JudgedFigure> rows;
  for (const ReportedFigure& figure : claim.claim.figures) {
    for (const TrialData& trial : claim.data.trials) {
      const int failed = count_runs({trial}, "failed");
      if (failed + count_runs({trial}, "finished") == 0) continue;
      std::vector<double> values = figures_of(trial, figure);
      const auto at_chance = std::ranges::count_if(trial.runs, [&](const RunData& run) {
        return run.status == "finished" && !std::isnan(figure_of(run, figure)) && stays_at_chance(run);
      });
      const ClaimVerdict verdict = judge_claim(figure, values, at_chance, failed);
      rows.push_back({figure, &trial, std::move(values), verdict, mean_seconds(trial)});
    }
  }
  return rows;
}

}  // namespace rnnbench
