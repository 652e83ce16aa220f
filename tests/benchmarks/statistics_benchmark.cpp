// What it costs to judge 10,000 groups of runs: every interval and test that a table of them needs.
#include <benchmark/benchmark.h>

#include <cmath>
#include <optional>
#include <vector>

#include "harness/core/philox.hpp"
#include "harness/statistics/effect_sizes.hpp"
#include "harness/statistics/equivalence.hpp"
#include "harness/statistics/holm.hpp"
#include "harness/statistics/mcnemar.hpp"
#include "harness/statistics/mean_intervals.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/rank_tests.hpp"
#include "harness/statistics/sample_size.hpp"
#include "harness/statistics/t_tests.hpp"
#include "harness/statistics/timing_ratio.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kGroups = 10'000;

struct Group {
  std::vector<double> first, second;  // accuracies by seed
  std::vector<double> first_seconds, second_seconds;
};

std::vector<Group> groups(std::size_t seeds, std::size_t timings) {
  std::vector<Group> made(kGroups);
  for (std::size_t g = 0; g < kGroups; ++g) {
    RandomStream random(1, g);
    for (std::size_t i = 0; i < seeds; ++i) {
      made[g].first.push_back(0.8 + 0.01 * random.normal());
      made[g].second.push_back(0.81 + 0.01 * random.normal());
    }
    for (std::size_t i = 0; i < timings; ++i) {
      made[g].first_seconds.push_back(std::exp(0.05 * random.normal()));
      made[g].second_seconds.push_back(1.3 * std::exp(0.05 * random.normal()));
    }
  }
  return made;
}

/// Seeds of a group, timings of each.
void judge_10000_groups(benchmark::State& state) {
  const auto made =
      groups(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  for (auto _ : state) {
    std::vector<std::optional<double>> p_values;
    for (const Group& group : made) {
      benchmark::DoNotOptimize(t_interval(group.first));
      benchmark::DoNotOptimize(prediction_interval(group.second));
      benchmark::DoNotOptimize(median_interval(group.first_seconds));
      benchmark::DoNotOptimize(welch_t_test(group.first, group.second));
      benchmark::DoNotOptimize(rank_sum_test(group.first, group.second));
      benchmark::DoNotOptimize(signed_rank_test(group.first, group.second));
      benchmark::DoNotOptimize(paired_equivalence(group.first, group.second, 0.01));
      benchmark::DoNotOptimize(cohens_dz(group.first, group.second));
      benchmark::DoNotOptimize(mcnemar_test(310, 270));
      benchmark::DoNotOptimize(mean_ratio(group.first_seconds, group.second_seconds));
      benchmark::DoNotOptimize(runs_for_precision(0.01, 0.005));
      const auto test = paired_t_test(group.first, group.second);
      p_values.push_back(test ? std::optional(test->p) : std::nullopt);
    }
    benchmark::DoNotOptimize(holm(p_values));
  }
}
BENCHMARK(judge_10000_groups)->Args({5, 20})->Args({20, 50})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rnnbench
