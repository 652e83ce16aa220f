#include <cmath>

#include "harness/metrics/classification_report.hpp"
#include "results/errors/error_sections.hpp"

namespace rnnbench {
namespace {

std::vector<ClassificationReport> reports_of(const TestedReviews& tested, const SubjectPredictions& subject) {
  std::vector<ClassificationReport> reports;
  for (const std::vector<float>& run : subject.by_run)
    reports.push_back(classification_report(run, tested.labels));
  return reports;
}

/// The mean of `figure` over the reports; NULL where it is NaN.
template <typename Figure>
TableCell mean_of(const std::vector<ClassificationReport>& reports, const Figure& figure) {
  double sum = 0;
  for (const ClassificationReport& report : reports) sum += static_cast<double>(figure(report));
  const double mean = sum / static_cast<double>(reports.size());
  return std::isnan(mean) ? TableCell() : TableCell(mean);
}

using Which = const ClassFigures& (*)(const ClassificationReport&);
constexpr std::pair<const char*, Which> kLines[] = {
    {"negative", [](const ClassificationReport& r) -> const ClassFigures& { return r.classes[0]; }},
    {"positive", [](const ClassificationReport& r) -> const ClassFigures& { return r.classes[1]; }},
    {"macro average", [](const ClassificationReport& r) -> const ClassFigures& { return r.macro; }},
    {"weighted average", [](const ClassificationReport& r) -> const ClassFigures& { return r.weighted; }},
};

}  // namespace

TableSection classification_section(const TestedReviews& tested) {
  TableSection section{"classification",
                       "Precision, recall and F1 by class",
                       {{"subject", "runs", "class", "precision", "recall", "f1", "support"}, {}}};
  for (const SubjectPredictions& subject : tested.subjects) {
    const auto reports = reports_of(tested, subject);
    for (const auto& [name, which] : kLines) {
      const auto mean = [&, of = which](double ClassFigures::*figure) {
        return mean_of(reports, [&](const ClassificationReport& report) { return of(report).*figure; });
      };
      section.table.rows.push_back({subject.label, std::ssize(subject.runs), std::string(name),
                                    mean(&ClassFigures::precision), mean(&ClassFigures::recall),
                                    mean(&ClassFigures::f1), which(reports.front()).support});
    }
  }
  return section;
}

TableSection totals_section(const TestedReviews& tested) {
  TableSection section{"totals",
                       "Accuracy, AUC and confusion matrix",
                       {{"subject", "runs", "reviews", "accuracy", "accuracy_of_mean", "roc_area",
                         "true_negative", "false_positive", "false_negative", "true_positive"},
                        {}}};
  for (const SubjectPredictions& subject : tested.subjects) {
    const auto reports = reports_of(tested, subject);
    const auto mean = [&](const auto& figure) { return mean_of(reports, figure); };
    section.table.rows.push_back({
        subject.label,
        std::ssize(subject.runs),
        std::ssize(tested.labels),
        mean([](const auto& report) { return report.accuracy; }),
        classification_report(subject.positive, tested.labels).accuracy,
        mean([](const auto& report) { return report.roc_area; }),
        mean([](const auto& report) { return report.counts.true_negative; }),
        mean([](const auto& report) { return report.counts.false_positive; }),
        mean([](const auto& report) { return report.counts.false_negative; }),
        mean([](const auto& report) { return report.counts.true_positive; }),
    });
  }
  return section;
}

}  // namespace rnnbench
