#include <algorithm>

#include "results/query/figure_data.hpp"

namespace rnnbench {

const Curve* find_curve(const RunData& run, std::string_view name, std::string_view split) {
  const auto found = std::find_if(run.curves.begin(), run.curves.end(), [&](const Curve& curve) {
    return curve.name == name && curve.split == split;
  });
  return found == run.curves.end() ? nullptr : &*found;
}

std::vector<std::int64_t> phase_samples(const RunData& run, std::string_view phase, std::string_view clock) {
  for (const bool warmup : {false, true}) {
    std::vector<std::int64_t> samples;
    for (const PhaseSamples& timing : run.timings) {
      if (timing.phase != phase || timing.clock != clock || timing.warmup != warmup) continue;
      samples.insert(samples.end(), timing.samples_ns.begin(), timing.samples_ns.end());
    }
    if (!samples.empty()) return samples;
  }
  return {};
}

std::vector<std::int64_t> phase_samples(const RunData& run, std::string_view phase) {
  const std::vector<std::int64_t> host = phase_samples(run, phase, "host");
  return host.empty() ? phase_samples(run, phase, "device") : host;
}

int count_runs(const std::vector<TrialData>& trials, std::string_view status) {
  int count = 0;
  for (const TrialData& trial : trials) {
    count += static_cast<int>(std::count_if(trial.runs.begin(), trial.runs.end(),
                                            [&](const RunData& run) { return run.status == status; }));
  }
  return count;
}

}  // namespace rnnbench
