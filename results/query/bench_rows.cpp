#include "results/query/bench_rows.hpp"

#include <cmath>

#include "results/query/bench_measures.hpp"

namespace rnnbench {
namespace {

constexpr double kNsPerMs = 1e6;

TableCell number(double value) { return std::isfinite(value) ? TableCell(value) : TableCell(); }

/// Ratio, low, high; the reason where there is none is put into `problem`.
void add_ratio(const BenchData& bench, const BenchSideData& side, const char* phase,
               std::vector<TableCell>& row, TableCell& problem) {
  if (&side == &bench.sides.front()) {
    row.insert(row.end(), {1.0, {}, {}});
    return;
  }
  const auto ratio = ratio_of(bench, side, phase);
  if (ratio) {
    row.insert(row.end(), {ratio->ratio, ratio->interval.low, ratio->interval.high});
    return;
  }
  row.insert(row.end(), 3, TableCell());
  problem = ratio.why_not();
}

std::vector<TableCell> row_of(const BenchData& bench, const BenchSideData& side) {
  std::vector<TableCell> row = {
      bench.subject, bench.sides.front().label, side.label, side.engine, side.device, side.run};
  TableCell problem;
  for (const char* phase : {"step", "predict"}) {
    row.push_back(number(median_round_ns(side, phase) / kNsPerMs));
    add_ratio(bench, side, phase, row, problem);
  }
  row.push_back(number(step_rate(side)));
  row.push_back(number(step_rate(side) / metric_of(side, "multiply_add_peak")));
  row.push_back(number(metric_of(side, "needed_operations")));
  row.push_back(number(needed_peak_share(side)));
  row.push_back(number(metric_of(side, "memory_peak")));
  row.push_back(number(metric_of(side, "device_memory_peak")));
  row.insert(row.end(),
             {side.samples, side.noisy, std::ssize(rounds_of(side, "step")), problem, bench.session});
  return row;
}

}  // namespace

Table bench_rows(const std::vector<BenchData>& benches) {
  Table table{{"model",
               "reference",
               "side",
               "engine",
               "device",
               "run",
               "step_ms",
               "step_ratio",
               "step_ratio_low",
               "step_ratio_high",
               "predict_ms",
               "predict_ratio",
               "predict_ratio_low",
               "predict_ratio_high",
               "operations_per_second",
               "peak_share",
               "needed_operations",
               "needed_peak_share",
               "memory_bytes",
               "device_memory_bytes",
               "steps",
               "noisy_steps",
               "rounds",
               "problem",
               "comparison"},
              {}};
  for (const BenchData& bench : benches) {
    for (const BenchSideData& side : bench.sides) table.rows.push_back(row_of(bench, side));
  }
  return table;
}

}  // namespace rnnbench
