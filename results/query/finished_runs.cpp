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

}  // namespace rnnbench
