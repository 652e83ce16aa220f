#include "results/query/engine_pairs.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace rnnbench {
namespace {

using Json = nlohmann::json;

/// The settings without the engine.
std::string rest_of(const TrialData& trial) {
  Json settings = Json::parse(trial.settings, nullptr, /*allow_exceptions=*/false);
  if (!settings.is_object() || settings.empty()) return "";
  settings.erase("engine");
  return settings.dump();
}

}  // namespace

Subject trial_subject(const TrialData& trial, const std::string& label) {
  Subject subject;
  subject.label = label;
  subject.is_group = true;
  subject.trials = {trial.key};
  for (const RunData& run : trial.runs) {
    if (run.status == "finished") subject.runs.push_back(run.id);
  }
  return subject;
}

std::vector<TrialPair> engine_pairs(const std::vector<TrialData>& trials) {
  std::map<std::string, std::vector<std::size_t>> by_rest;
  std::vector<TrialPair> pairs;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const std::string rest = rest_of(trials[t]);
    if (rest.empty() || count_runs({trials[t]}, "finished") == 0) continue;
    std::vector<std::size_t>& alike = by_rest[rest];
    for (const std::size_t other : alike) pairs.emplace_back(other, t);
    alike.push_back(t);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

std::vector<SubjectVerdict> judge_engines(Database& database, const std::vector<TrialData>& trials) {
  std::vector<std::pair<Subject, Subject>> subjects;
  for (const TrialPair& pair : engine_pairs(trials)) {
    const TrialData& first = trials[pair.first];
    const TrialData& second = trials[pair.second];
    subjects.emplace_back(trial_subject(first, first.engine), trial_subject(second, second.engine));
  }
  return judge_pairs(database, subjects);
}

}  // namespace rnnbench
