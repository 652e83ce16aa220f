#include "results/query/run_agreement.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "results/query/both_metrics.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

const std::string& text(const TableCell& cell) { return std::get<std::string>(cell); }

/// NULL is NaN.
double number(const TableCell& cell) {
  const auto* value = std::get_if<double>(&cell);
  return value != nullptr ? *value : std::numeric_limits<double>::quiet_NaN();
}

bool is_same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

double distance(double a, double b) { return std::abs(a - b) / std::max({1.0, std::abs(a), std::abs(b)}); }

/// Counts one value of both; `is_there`: both have it.
void add_value(MetricAgreement& metric, std::int64_t epoch, bool is_there, double before, double after) {
  ++metric.values;
  if (is_there && is_same(before, after)) {
    ++metric.equal;
  } else if (!is_there || !std::isfinite(before) || !std::isfinite(after)) {
    ++metric.missing;
  } else if (const double apart = distance(before, after); apart > metric.largest || metric.epoch == 0) {
    metric.largest = apart;
    metric.epoch = epoch;
  }
}

std::vector<MetricAgreement> compare_metrics(Database& database, RunId before, RunId after) {
  const Table values = query_table(
      database,
      with_both_metrics("SELECT name, split, epoch, unit, before, after, in_first AND in_second FROM both "
                        "ORDER BY CASE split WHEN 'train' THEN 1 WHEN 'validation' THEN 2 WHEN 'test' THEN 3 "
                        "ELSE 4 END, split, name, epoch, step"),
      {before, after, is_other_build(database, before, after)});
  std::vector<MetricAgreement> metrics;
  for (const auto& row : values.rows) {
    const std::string &name = text(row[0]), &split = text(row[1]);
    if (metrics.empty() || metrics.back().name != name || metrics.back().split != split) {
      metrics.push_back({.name = name, .split = split});
      metrics.back().is_judged = text(row[3]) != "epoch" && name != "gradient_norm";
    }
    const bool is_there = std::get<std::int64_t>(row[6]) != 0;
    add_value(metrics.back(), std::get<std::int64_t>(row[2]), is_there, number(row[4]), number(row[5]));
  }
  return metrics;
}

std::vector<float> probabilities(const TableCell& cell) {
  const auto* blob = std::get_if<Blob>(&cell);
  if (blob == nullptr) return {};
  std::vector<float> values(blob->bytes.size() / sizeof(float));
  std::memcpy(values.data(), blob->bytes.data(), values.size() * sizeof(float));
  return values;
}

PredictionAgreement compare_probabilities(const std::string& split, const std::vector<float>& before,
                                          const std::vector<float>& after) {
  PredictionAgreement result{.split = split, .reviews = static_cast<std::int64_t>(before.size())};
  for (std::size_t i = 0; i < before.size(); ++i) {
    result.equal += std::bit_cast<std::uint32_t>(before[i]) == std::bit_cast<std::uint32_t>(after[i]);
    result.same_class += (before[i] > 0.5F) == (after[i] > 0.5F);
    result.largest = std::max(result.largest, std::abs(static_cast<double>(before[i]) - after[i]));
  }
  return result;
}

std::vector<PredictionAgreement> compare_predictions(Database& database, RunId before, RunId after) {
  const Table both =
      query_table(database,
                  "SELECT coalesce(a.split, b.split), a.reviews IS b.reviews, a.positive, b.positive "
                  "FROM (SELECT * FROM predictions WHERE run_id = ?) a "
                  "FULL JOIN (SELECT * FROM predictions WHERE run_id = ?) b ON a.split = b.split ORDER BY 1",
                  {before, after});
  std::vector<PredictionAgreement> predictions;
  for (const auto& row : both.rows) {
    const std::vector<float> first = probabilities(row[2]), second = probabilities(row[3]);
    const bool is_same_set = std::get<std::int64_t>(row[1]) != 0 && first.size() == second.size();
    predictions.push_back(is_same_set ? compare_probabilities(text(row[0]), first, second)
                                      : PredictionAgreement{.split = text(row[0]), .is_same_set = false});
  }
  return predictions;
}

}  // namespace

RunAgreement compare_runs(Database& database, RunId before, RunId after, double tolerance) {
  return {tolerance, compare_metrics(database, before, after), compare_predictions(database, before, after),
          files_of_both(database, before, after)};
}

bool is_within(const MetricAgreement& metric, double tolerance) {
  return !metric.is_judged || (metric.missing == 0 && metric.largest <= tolerance);
}

bool is_within(const PredictionAgreement& predictions, double tolerance) {
  const auto others = static_cast<double>(predictions.reviews - predictions.same_class);
  return predictions.is_same_set && others <= tolerance * static_cast<double>(predictions.reviews);
}

bool is_within(const RunAgreement& agreement) {
  const auto holds = [&](const auto& one) { return is_within(one, agreement.tolerance); };
  return std::ranges::all_of(agreement.metrics, holds) && std::ranges::all_of(agreement.predictions, holds);
}

}  // namespace rnnbench
