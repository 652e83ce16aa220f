#include "results/query/finished_runs.hpp"

#include "results/query/query_table.hpp"

namespace rnnbench {

std::set<RunKey> finished_runs(Database& database) {
  std::set<RunKey> finished;
  const Table table = query_table(database,
                                  "SELECT DISTINCT trials.key, runs.seed FROM runs "
                                  "JOIN trials ON trials.id = runs.trial_id WHERE runs.status = 'finished'");
  for (const auto& row : table.rows) {
    finished.emplace(std::get<std::string>(row[0]),
                     static_cast<std::uint64_t>(std::get<std::int64_t>(row[1])));
  }
  return finished;
}

std::map<std::string, double> mean_run_seconds(Database& database) {
  std::map<std::string, double> seconds;
  const Table table = query_table(
      database,
      "SELECT trials.key, avg((julianday(finished) - julianday(started)) * 86400.0) FROM runs "
      "JOIN trials ON trials.id = runs.trial_id WHERE runs.status = 'finished' GROUP BY trials.id");
  for (const auto& row : table.rows) {
    if (const auto* mean = std::get_if<double>(&row[1])) seconds[std::get<std::string>(row[0])] = *mean;
  }
  return seconds;
}

}  // namespace rnnbench
