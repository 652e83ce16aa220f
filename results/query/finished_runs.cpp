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

std::map<RunKey, int> epochs_done(Database& database) {
  std::map<RunKey, int> done;
  const Table table = query_table(
      database,
      "SELECT trials.key, runs.seed, max(epoch) FROM checkpoints JOIN runs ON runs.id = run_id "
      "JOIN trials ON trials.id = trial_id WHERE status IN ('interrupted', 'running') GROUP BY 1, 2");
  for (const auto& row : table.rows) {
    done[{std::get<std::string>(row[0]), static_cast<std::uint64_t>(std::get<std::int64_t>(row[1]))}] =
        static_cast<int>(std::get<std::int64_t>(row[2]));
  }
  return done;
}

}  // namespace rnnbench
