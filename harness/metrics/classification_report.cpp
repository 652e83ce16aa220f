#include "harness/metrics/classification_report.hpp"

#include "harness/metrics/roc_area.hpp"

namespace rnnbench {
namespace {

/// 0 for 0 / 0.
double share_or_0(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// `hits` were called the class and are; `wrong` were called so and aren't; `missed` are and were not.
ClassFigures figures_of(std::int64_t hits, std::int64_t wrong, std::int64_t missed) {
  return {share_or_0(hits, hits + wrong), share_or_0(hits, hits + missed),
          share_or_0(2 * hits, 2 * hits + wrong + missed), hits + missed};
}

ClassFigures mean_of(const std::array<ClassFigures, 2>& classes, double first, double second) {
  const auto mean = [&](double ClassFigures::*figure) {
    return first * classes[0].*figure + second * classes[1].*figure;
  };
  return {mean(&ClassFigures::precision), mean(&ClassFigures::recall), mean(&ClassFigures::f1),
          classes[0].support + classes[1].support};
}

}  // namespace

ClassificationReport classification_report(std::span<const float> positive,
                                           std::span<const std::uint8_t> labels) {
  ClassificationReport report;
  report.counts = confusion(positive, labels);
  const Confusion& counts = report.counts;
  report.classes = {figures_of(counts.true_negative, counts.false_negative, counts.false_positive),
                    figures_of(counts.true_positive, counts.false_positive, counts.false_negative)};
  const auto [negative, positive_class] = report.classes;
  const std::int64_t reviews = negative.support + positive_class.support;
  report.macro = mean_of(report.classes, 0.5, 0.5);
  report.weighted = mean_of(report.classes, share_or_0(negative.support, reviews),
                            share_or_0(positive_class.support, reviews));
  report.accuracy = share_or_0(counts.true_negative + counts.true_positive, reviews);
  report.roc_area = roc_area(positive, labels);
  return report;
}

}  // namespace rnnbench
