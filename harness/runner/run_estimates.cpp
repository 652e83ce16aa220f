#include "harness/runner/run_estimates.hpp"

#include <algorithm>
#include <numeric>

namespace rnnbench {
namespace {

/// Reviews that a part has before it is limited; of the sets that come with an official split.
double training_reviews(const DataSpec& data) {
  const bool toy = data.set == "toy";
  const double all = toy ? 3000 : 50'000;
  const double official = toy ? 2000 : 25'000;
  const double part = data.split.kind == SplitKind::kOfficial ? official : all * data.split.train;
  const double trained = part * (1 - data.validation);
  return data.limit.train > 0 ? std::min<double>(data.limit.train, trained) : trained;
}

std::string joined(const std::string& first, const std::string& second) { return first + '\n' + second; }

std::string of_runs(int runs, const std::string& what) {
  return std::to_string(runs) + (runs == 1 ? " run of " : " runs of ") + what;
}

}  // namespace

RunSize run_size(const std::string& kind, const DataSpec& data, int length, const std::vector<int>& units,
                 int batch, int epochs) {
  RunSize size{kind, std::to_string(batch), 0};
  for (const int layer : units) size.shape.append(1, '+').append(std::to_string(layer));
  size.work = static_cast<double>(epochs) * training_reviews(data) * length *
              std::accumulate(units.begin(), units.end(), 0.0);
  return size;
}

std::string run_kind(const std::string& engine, const std::string& cell, const std::string& device) {
  return joined(joined(engine, cell), device);
}

RunSize run_size(const TrialSpec& trial) {
  std::vector<int> units;
  for (const LayerSpec& layer : trial.model.layers) units.push_back(layer.units);
  const std::string kind = run_kind(trial.engine, cells_of(trial.model), name_of(trial.device));
  return run_size(kind, trial.data, trial.recipe.length, units, trial.training.batch, trial.training.epochs);
}

void RunEstimates::Sum::add(const PastRuns& past) {
  runs += past.runs;
  seconds += past.runs * past.mean_seconds;
  work += past.runs * past.size.work;
}

void RunEstimates::add(const PastRuns& past) {
  if (past.runs <= 0 || !(past.mean_seconds > 0)) return;
  trials_[past.trial].add(past);
  if (!(past.size.work > 0)) return;
  shapes_[joined(past.size.kind, past.size.shape)].add(past);
  kinds_[past.size.kind].add(past);
}

std::optional<RunEstimate> RunEstimates::of(const std::string& trial, const RunSize& size) const {
  if (const auto same = trials_.find(trial); same != trials_.end()) {
    const Sum& past = same->second;
    return RunEstimate{past.seconds / past.runs, of_runs(past.runs, "it")};
  }
  if (const auto like = shapes_.find(joined(size.kind, size.shape)); like != shapes_.end()) {
    const Sum& past = like->second;
    return RunEstimate{past.seconds / past.work * size.work, of_runs(past.runs, "like trials")};
  }
  if (const auto like = kinds_.find(size.kind); like != kinds_.end()) {
    const Sum& past = like->second;
    return RunEstimate{past.seconds / past.work * size.work,
                       of_runs(past.runs, "like trials of other sizes")};
  }
  return std::nullopt;
}

}  // namespace rnnbench
