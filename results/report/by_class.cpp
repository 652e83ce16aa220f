#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/metrics/calibration_error.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace {

using Figure = double (*)(const TestPredictions&);

constexpr std::pair<const char*, Figure> kFigures[] = {
    {"negative: precision", [](const TestPredictions& p) { return p.report.classes[0].precision; }},
    {"recall", [](const TestPredictions& p) { return p.report.classes[0].recall; }},
    {"F1", [](const TestPredictions& p) { return p.report.classes[0].f1; }},
    {"positive: precision", [](const TestPredictions& p) { return p.report.classes[1].precision; }},
    {"recall", [](const TestPredictions& p) { return p.report.classes[1].recall; }},
    {"F1", [](const TestPredictions& p) { return p.report.classes[1].f1; }},
    {"macro F1", [](const TestPredictions& p) { return p.report.macro.f1; }},
    {"weighted F1", [](const TestPredictions& p) { return p.report.weighted.f1; }},
    {"AUC", [](const TestPredictions& p) { return p.report.roc_area; }},
    {"calibration error", [](const TestPredictions& p) { return calibration_error(p.bins); }},
};

bool has_predictions(const RunData& run) { return run.predictions.has_value(); }

std::string mean_text(const TrialData& trial, Figure figure, std::int64_t runs) {
  double sum = 0;
  for (const RunData& run : trial.runs) {
    if (run.predictions) sum += figure(*run.predictions);
  }
  const double mean = sum / static_cast<double>(runs);
  return std::isfinite(mean) ? fmt::format("{:.4f}", mean) : "–";
}

}  // namespace

std::string by_class(const FigureData& data) {
  const auto trials = choose_trials(
      data, [](const TrialData& trial) { return std::ranges::any_of(trial.runs, has_predictions); });
  if (trials.empty()) return "";
  std::vector<std::string> columns = {"trial", "n"};
  for (const auto& [name, figure] : kFigures) columns.emplace_back(name);
  MarkdownTable table(columns, 1);
  const TrialLabels labels = label_trials(trials);
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const std::int64_t runs = std::ranges::count_if(trials[t]->runs, has_predictions);
    std::vector<std::string> cells = {markdown_text(trial_label(*trials[t], labels.differing[t])),
                                      std::to_string(runs)};
    for (const auto& [name, figure] : kFigures) cells.push_back(mean_text(*trials[t], figure, runs));
    table.add(cells);
  }
  return "## By class\n\nOf the test reviews, means over seeds; the definitions are scikit-learn's. "
         "`rnnbench errors` has the confusion matrix, the reviews and more (docs/errors.md).\n\n" +
         table.text();
}

}  // namespace rnnbench
