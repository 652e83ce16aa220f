#include "harness/cli/bench_facts.hpp"

#include <algorithm>
#include <cctype>

#include "harness/measure/bandwidth.hpp"
#include "harness/measure/caches.hpp"
#include "harness/measure/clock_cost.hpp"
#include "harness/measure/memory_limit.hpp"
#include "harness/measure/multiply_add_peak.hpp"
#include "harness/measure/stream_triad.hpp"
#include "harness/model/arithmetic.hpp"

namespace rnnbench {
namespace {

/// The triad's, of each level of the caches and of memory.
void add_bandwidths(std::vector<MetricRecord>& facts, int threads) {
  constexpr double kSeconds = 0.03;
  constexpr std::size_t kMostArrayBytes = std::size_t{128} << 20;
  const std::vector<Cache> caches = read_caches();
  const std::size_t array_bytes =
      stream_array_bytes(last_level_bytes(caches), memory_limit(), kMostArrayBytes);
  for (const WorkingSet& set : working_sets(caches, threads, 3 * array_bytes)) {
    std::string level = set.level;
    std::ranges::transform(level, level.begin(), [](unsigned char c) { return std::tolower(c); });
    facts.push_back(
        {"bandwidth_" + level, "", 0, measure_bandwidth(set, kSeconds).triad_bytes_per_second, "bytes/s"});
  }
}

}  // namespace

std::vector<MetricRecord> bench_facts(const TrialSpec& trial, int threads) {
  constexpr double kPeakSeconds = 0.2;
  const ClockCost clock = clock_cost();
  const MultiplyAddPeak peak = multiply_add_peak(vector_widths().front(), threads, kPeakSeconds);
  const double operations = step_operations(trial.model, trial.training.batch, trial.recipe.length);
  std::vector<MetricRecord> facts = {{"clock_resolution", "", 0, clock.resolution_ns, "nanoseconds"},
                                     {"clock_reading", "", 0, clock.reading_ns, "nanoseconds"},
                                     {"multiply_add_peak", "", 0, peak.operations_per_second, "operations/s"},
                                     {"step_operations", "", 0, operations, "operations"}};
  add_bandwidths(facts, threads);
  return facts;
}

}  // namespace rnnbench
