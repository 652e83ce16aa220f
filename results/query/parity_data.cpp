#include "results/query/parity_data.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/core/parity_seeds.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

bool is_check_of(const ParityData& check, const std::string& engine, const std::string& device,
                 const std::string& other_engine, const std::string& other_device) {
  return check.reference == engine && check.reference_device == device && check.candidate == other_engine &&
         check.candidate_device == other_device;
}

bool same_engines(const ParityData& one, const ParityData& other) {
  return is_check_of(one, other.reference, other.reference_device, other.candidate, other.candidate_device) ||
         is_check_of(one, other.candidate, other.candidate_device, other.reference, other.reference_device);
}

std::optional<SeedsData> load_seeds(SQLite::Database& database, std::int64_t parity) {
  SQLite::Statement query(
      database,
      "SELECT verdict, margin, p, chance, checked, count(*), avg(reference_accuracy), "
      "avg(candidate_accuracy), low, high FROM parity_equivalences JOIN parity_seeds USING "
      "(parity_id) WHERE parity_id = ? GROUP BY parity_id");
  query.bind(1, parity);
  if (!query.executeStep()) return std::nullopt;
  return SeedsData{.verdict = query.getColumn(0).getString(),
                   .seeds = query.getColumn(5).getInt(),
                   .margin = query.getColumn(1).getDouble(),
                   .p = query.getColumn(2).getDouble(),
                   .low = query.getColumn(8).getDouble(),
                   .high = query.getColumn(9).getDouble(),
                   .near_chance = near_chance(query.getColumn(6).getDouble(), query.getColumn(7).getDouble(),
                                              query.getColumn(3).getDouble()),
                   .checked = query.getColumn(4).getString()};
}

/// Puts a check in the place of an older one of the same model and engines.
void replace_older(std::vector<ParityData>& checks, ParityData check) {
  const auto older = std::find_if(checks.begin(), checks.end(), [&](const ParityData& other) {
    return other.model == check.model && same_engines(other, check);
  });
  if (older != checks.end()) {
    if (!check.seeds) check.seeds = older->seeds;
    checks.erase(older);
  }
  checks.push_back(std::move(check));
}

}  // namespace

std::string model_text(const TrialData& trial) {
  const Json settings = Json::parse(trial.settings, nullptr, /*allow_exceptions=*/false);
  return settings.is_object() && settings.contains("model") ? settings["model"].dump() : "null";
}

std::vector<ParityData> load_parity(SQLite::Database& database, const std::vector<TrialData>& trials) {
  std::set<std::string> models;
  for (const TrialData& trial : trials) models.insert(model_text(trial));
  SQLite::Statement query(
      database,
      "SELECT model, reference, reference_device, candidate, candidate_device, verdict = 'shown', checked, "
      "max(error), count(*) > count(error), id FROM parity_records JOIN parity_errors ON parity_id = id "
      "AND quantity = 'gradients' WHERE model = ? GROUP BY id ORDER BY id");
  std::vector<ParityData> checks;
  for (const std::string& model : models) {
    query.reset();
    query.bind(1, model);
    while (query.executeStep()) {
      ParityData check{query.getColumn(0).getString(), query.getColumn(1).getString(),
                       query.getColumn(2).getString(), query.getColumn(3).getString(),
                       query.getColumn(4).getString(), query.getColumn(5).getInt() != 0,
                       query.getColumn(7).getDouble(), query.getColumn(6).getString()};
      if (query.getColumn(8).getInt() != 0) check.gradient_error = std::numeric_limits<double>::quiet_NaN();
      check.seeds = load_seeds(database, query.getColumn(9).getInt64());
      replace_older(checks, std::move(check));
    }
  }
  return checks;
}

const ParityData* find_parity(const std::vector<ParityData>& checks, const std::string& model,
                              const TrialData& one, const TrialData& other) {
  const auto found = std::find_if(checks.begin(), checks.end(), [&](const ParityData& check) {
    return check.model == model && (is_check_of(check, one.engine, one.device, other.engine, other.device) ||
                                    is_check_of(check, other.engine, other.device, one.engine, one.device));
  });
  return found == checks.end() ? nullptr : &*found;
}

std::string day_of(const std::string& time) { return time.substr(0, 10); }

}  // namespace rnnbench
