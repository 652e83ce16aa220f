#pragma once

#include <string>
#include <vector>

#include "harness/core/claim.hpp"
#include "harness/statistics/claim_verdict.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// An experiment with its trials on every engine that it ran on, all with the same settings.
struct BesideData {
  BesideClaim beside;
  FigureData data;
  std::vector<SubjectVerdict> verdicts =
      {};  ///< of a baseline: the claim's trials against each of its trials
};

struct ClaimData {
  Claim claim;
  FigureData data;  ///< of the claim's own experiment; of a substitute where that ran nothing
  std::vector<std::string> differs;  ///< deviations, the substitute's on top of the claim's own
  std::vector<BesideData> besides;
};

/// One row of the verdict table: a figure of a claim on an engine.
struct JudgedFigure {
  ReportedFigure figure;
  const TrialData* trial = nullptr;
  std::vector<double> values;  ///< of the finished runs, in the order of their seeds
  ClaimVerdict verdict;
  double train_seconds = 0;  ///< mean of a run
};

/// Whether a run of two balanced classes never left chance level: no accuracy of it, whatever the part and
/// epoch, is above 60 %.
bool stays_at_chance(const RunData& run);

/// The figure of a run, of its last or its best epoch; NaN where it has none.
double figure_of(const RunData& run, const ReportedFigure& figure);

/// Of the trial's finished runs, training seconds; NaN where there is none.
double mean_seconds(const TrialData& trial);

/// Of each run of `trial` that finished, the figure; runs without it are left out.
std::vector<double> figures_of(const TrialData& trial, const ReportedFigure& figure);

/// A row for each figure and engine that finished runs, figures in the claim's order. The rows point into
/// `claim`.
std::vector<JudgedFigure> judge_figures(const ClaimData& claim);

}  // namespace rnnbench
