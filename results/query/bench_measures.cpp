#include "results/query/bench_measures.hpp"

#include <cmath>

#include "harness/core/median.hpp"

namespace rnnbench {

const std::vector<double>& rounds_of(const BenchSideData& side, const char* phase) {
  static const std::vector<double> none;
  const auto found = side.rounds.find(phase);
  return found == side.rounds.end() ? none : found->second;
}

double median_round_ns(const BenchSideData& side, const char* phase) {
  const auto& rounds = rounds_of(side, phase);
  return rounds.empty() || !problem_of(side, phase).empty() ? std::nan("") : median_of(rounds);
}

Finding<TimingRatio> ratio_of(const BenchData& bench, const BenchSideData& side, const char* phase) {
  for (const BenchSideData* each : {&bench.sides.front(), &side}) {
    if (std::string problem = problem_of(*each, phase); !problem.empty()) return Refusal{std::move(problem)};
  }
  return mean_ratio(rounds_of(bench.sides.front(), phase), rounds_of(side, phase));
}

double metric_of(const BenchSideData& side, const char* name) {
  const auto found = side.metrics.find(name);
  return found == side.metrics.end() ? std::nan("") : found->second;
}

double step_rate(const BenchSideData& side) {
  return metric_of(side, "step_operations") / (median_round_ns(side, "step") * 1e-9);
}

double needed_peak_share(const BenchSideData& side) {
  return metric_of(side, "needed_operations") / (median_round_ns(side, "step") * 1e-9) /
         metric_of(side, "multiply_add_peak");
}

}  // namespace rnnbench
