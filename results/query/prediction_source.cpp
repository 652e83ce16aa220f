#include "results/query/prediction_source.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {

std::filesystem::path PredictionSource::file(const std::string& kind) const {
  for (const ArtifactRecord& artifact : artifacts) {
    if (artifact.kind == kind) return folder / artifact.path;
  }
  return {};
}

PredictionSource run_for_prediction(Database& database, RunId run) {
  require_run(database, run);
  const auto facts = query_table(database,
                                 "SELECT runs.seed, settings, status FROM runs "
                                 "JOIN trials ON trials.id = trial_id WHERE runs.id = ?",
                                 {run})
                         .rows.at(0);
  PredictionSource source{run,
                          static_cast<std::uint64_t>(std::get<std::int64_t>(facts[0])),
                          std::get<std::string>(facts[1]),
                          {},
                          database.path().parent_path()};
  const Table artifacts =
      query_table(database, "SELECT kind, path, sha256, bytes FROM artifacts WHERE run_id = ?", {run});
  for (const auto& row : artifacts.rows) {
    source.artifacts.push_back({std::get<std::string>(row[0]), std::get<std::string>(row[1]),
                                std::get<std::string>(row[2]), std::get<std::int64_t>(row[3])});
  }
  if (source.file("parameters_best").empty() && source.file("parameters_last").empty()) {
    throw ConfigError(
        fmt::format("run {} ({}) saved no parameters; choose a finished one from `rnnbench list`", run,
                    std::get<std::string>(facts[2])));
  }
  return source;
}

}  // namespace rnnbench
