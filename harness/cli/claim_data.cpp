#include "harness/cli/claim_data.hpp"

#include <algorithm>

#include "harness/cli/matrix_builder.hpp"
#include "harness/config/experiment_file.hpp"
#include "harness/core/error.hpp"

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
  }
  return claims;
}

}  // namespace rnnbench
