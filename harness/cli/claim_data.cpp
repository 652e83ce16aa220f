#include "harness/cli/claim_data.hpp"

#include <algorithm>

#include "harness/cli/matrix_builder.hpp"
#include "harness/config/experiment_file.hpp"
#include "harness/core/error.hpp"
#include "results/query/engine_pairs.hpp"
#include "results/query/trial_labels.hpp"

namespace rnnbench {
namespace {

/// A recorded file; nothing of one that this program doesn't read any more.
std::optional<ExperimentFile> recorded_file(const ExperimentData& experiment) {
  try {
    return parse_experiment(experiment.config, "experiment " + experiment.name, {}, recipes_folder());
  } catch (const ConfigError&) {
    return std::nullopt;
  }
}

/// A substitute's runs in the place of the claim's own, where these are none.
void take_substitute(ClaimData& claim) {
  if (count_runs(claim.data.trials, "finished") > 0) return;
  for (const BesideData& beside : claim.besides) {
    if (beside.beside.kind != BesideClaim::Kind::kSubstitute) continue;
    if (count_runs(beside.data.trials, "finished") == 0) continue;
    claim.data = beside.data;
    claim.differs.push_back(beside.beside.what);
    return;
  }
}

/// The claim's trials against each trial of a baseline, as `compare` judges them.
std::vector<SubjectVerdict> judge_baseline(Database& database, const ClaimData& claim,
                                           const BesideData& baseline) {
  const auto has_finished = [](const TrialData& trial) { return count_runs({trial}, "finished") > 0; };
  const auto trials = choose_trials(baseline.data, has_finished);
  const TrialLabels labels = label_trials(trials);
  std::vector<std::pair<Subject, Subject>> pairs;
  for (const TrialData& own : claim.data.trials) {
    if (!has_finished(own)) continue;
    const std::string name = claim.claim.id + " on " + own.engine;
    for (std::size_t t = 0; t < trials.size(); ++t) {
      pairs.emplace_back(trial_subject(*trials[t], trial_label(*trials[t], labels.differing[t])),
                         trial_subject(own, name));
    }
  }
  return judge_pairs(database, pairs);
}

}  // namespace

std::vector<ClaimData> load_claims(Database& database, const std::vector<std::string>& ids) {
  std::vector<ClaimData> claims;
  std::vector<BesideData> besides;
  std::vector<std::string> names = experiment_names(database);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    std::optional<FigureData> data = load_all_versions(database, name);
    if (!data) continue;
    const std::optional<ExperimentFile> file = recorded_file(data->experiments.front());
    if (!file) continue;
    const auto is_wanted = [&](const std::string& id) {
      return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    if (file->claim && is_wanted(file->claim->id)) {
      claims.push_back({*file->claim, std::move(*data), file->claim->deviations, {}});
    } else if (file->beside) {
      besides.push_back({*file->beside, std::move(*data)});
    }
  }
  for (ClaimData& claim : claims) {
    for (const BesideData& beside : besides) {
      if (beside.beside.claim == claim.claim.id) claim.besides.push_back(beside);
    }
    take_substitute(claim);
    for (BesideData& beside : claim.besides) {
      if (beside.beside.kind == BesideClaim::Kind::kBaseline)
        beside.verdicts = judge_baseline(database, claim, beside);
    }
  }
  return claims;
}

}  // namespace rnnbench
