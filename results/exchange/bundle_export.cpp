#include "results/exchange/bundle_export.hpp"

#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "results/exchange/bundle_manifest.hpp"
#include "results/exchange/run_copy.hpp"
#include "results/query/query_table.hpp"
#include "results/query/repetition.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

/// A line a review: its label and the probability of the positive class, with all digits.
std::string predictions_csv(const std::string& positive, const std::string& labels) {
  std::string text = "review,label,positive\n";
  for (std::size_t i = 0; i * sizeof(float) < positive.size(); ++i) {
    float probability = 0;
    std::memcpy(&probability, positive.data() + i * sizeof(float), sizeof(float));
    const std::string label = i < labels.size() ? std::to_string(static_cast<int>(labels[i])) : "";
    text += fmt::format("{},{},{:.9g}\n", i, label, probability);
  }
  return text;
}

void add_readable(Database& database, const RepeatableRun& run, std::vector<BundleMember>& members) {
  const std::string folder = fmt::format("run-{}/", run.run);
  members.push_back({folder + "config.toml", run.experiment.config});
  members.push_back({folder + "settings.json", run.settings});
  members.push_back({folder + "run.json", show_run(database, run.run, TableFormat::kJson)});
  const Table predictions = query_table(
      database,
      "SELECT split, positive, labels FROM predictions JOIN review_sets ON digest = reviews WHERE run_id = ? "
      "ORDER BY split",
      {run.run});
  for (const auto& row : predictions.rows) {
    members.push_back({fmt::format("{}predictions-{}.csv", folder, std::get<std::string>(row[0])),
                       predictions_csv(std::get<Blob>(row[1]).bytes, std::get<Blob>(row[2]).bytes)});
  }
}

Json facts_of(Database& database, const RepeatableRun& run) {
  const Table uid = query_table(database, "SELECT uid FROM runs WHERE id = ?", {run.run});
  const Table files = query_table(database, "SELECT kind, sha256 FROM artifacts WHERE run_id = ?", {run.run});
  Json digests = Json::object();
  for (const auto& file : files.rows)
    digests[std::get<std::string>(file[0])] = std::get<std::string>(file[1]);
  return {{"run", run.run},
          {"uid", std::get<std::string>(uid.rows.at(0).at(0))},
          {"experiment", run.experiment.name},
          {"trial", run.key},
          {"seed", run.seed},
          {"sha256_of_files", digests}};
}

}  // namespace

std::uintmax_t export_bundle(Database& database, const std::vector<RunId>& runs,
                             const std::filesystem::path& file, const std::stop_token& stop) {
  if (runs.empty()) throw ConfigError(fmt::format("no runs in {} to bundle", database.path().string()));
  Json facts = Json::array();
  std::vector<BundleMember> members;
  for (const RunId number : runs) {
    const RepeatableRun run = run_to_repeat(database, number);
    facts.push_back(facts_of(database, run));
    add_readable(database, run, members);
    if (stop.stop_requested()) throw Interrupted();
  }
  members.insert(members.begin(), {kBundleDatabase, copy_of_runs(database, runs, stop)});
  members.insert(members.begin(), bundle_manifest(facts, members));
  write_bundle_archive(file, members);
  return std::filesystem::file_size(file);
}

}  // namespace rnnbench
