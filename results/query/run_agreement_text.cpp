#include <fmt/format.h>

#include <algorithm>

#include "results/query/run_agreement.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

const char* verdict(bool is_equal, bool is_within, bool is_judged) {
  if (is_equal) return "bit for bit";
  if (!is_judged) return "not judged";
  return is_within ? "within" : "NOT WITHIN";
}

std::vector<TableCell> row_of(const MetricAgreement& metric, double tolerance) {
  const std::int64_t differing = metric.values - metric.equal;
  const bool is_equal = differing == 0;
  std::vector<TableCell> row = {
      metric.split.empty() ? metric.name : fmt::format("{} {}", metric.split, metric.name),
      metric.values,
      metric.equal,
      TableCell(),
      TableCell(),
      TableCell(),
      verdict(is_equal, is_within(metric, tolerance), metric.is_judged)};
  if (differing > metric.missing) {
    row[3] = metric.largest;
    row[4] = metric.epoch;
  }
  if (metric.missing > 0) row[5] = metric.missing;
  return row;
}

std::string line_of(const PredictionAgreement& one, double tolerance) {
  if (!one.is_same_set)
    return fmt::format("predictions of {}: of other reviews, or of one run only: NOT WITHIN\n", one.split);
  return fmt::format(
      "predictions of {}: {} of {} reviews in the same class, {} of {} bit for bit, largest difference "
      "{:.2g}: {}\n",
      one.split, one.same_class, one.reviews, one.equal, one.reviews, one.largest,
      verdict(one.equal == one.reviews, is_within(one, tolerance), true));
}

}  // namespace

std::string agreement_text(const RunAgreement& agreement) {
  Table metrics{
      {"metric", "values", "bit for bit", "largest difference", "in epoch", "missing in one", "verdict"}, {}};
  for (const MetricAgreement& metric : agreement.metrics)
    metrics.rows.push_back(row_of(metric, agreement.tolerance));
  std::string text = format_table(metrics, TableFormat::kTable);
  for (const PredictionAgreement& one : agreement.predictions) text += line_of(one, agreement.tolerance);
  for (const Difference& file : agreement.files) {
    text += fmt::format("{}: {}\n", file.what,
                        file.before == file.after
                            ? "the same bits"
                            : fmt::format("other bits (SHA-256 {} then, {} now)", file.before.substr(0, 12),
                                          file.after.substr(0, 12)));
  }
  return text;
}

}  // namespace rnnbench
