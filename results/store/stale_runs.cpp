#include "results/store/stale_runs.hpp"

#include <SQLiteCpp/Column.h>

#include <vector>

#include "harness/core/clock.hpp"
#include "harness/core/run_sink.hpp"
#include "results/store/process.hpp"
#include "results/store/rows.hpp"
#include "results/store/statement_cache.hpp"

namespace rnnbench {

namespace {

/// Of `running`, rows of id, process and its start.
int end_where_gone(StatementCache& statements, LentStatement& running) {
  std::vector<RunId> stale;
  while (running->executeStep()) {
    const ProcessIdentity process{this_process().host, running->getColumn(1).getInt64(),
                                  running->getColumn(2).getInt64()};
    if (!is_running(process)) stale.push_back(running->getColumn(0).getInt64());
  }
  LentStatement end = statements.get(
      "UPDATE runs SET status = 'interrupted', reason = 'the process ended without saying so', finished = ? "
      "WHERE id = ?");
  for (const RunId run : stale) end.execute(utc_now(), run);
  return static_cast<int>(stale.size());
}

}  // namespace

int end_stale_runs(StatementCache& statements) {
  LentStatement running =
      statements.get("SELECT id, process, process_start FROM runs WHERE status = 'running' AND host = ?");
  running.bind(this_process().host);
  return end_where_gone(statements, running);
}

int end_running_runs(StatementCache& statements) {
  LentStatement end = statements.get(
      "UPDATE runs SET status = 'interrupted', reason = 'its process or machine was lost', finished = ? "
      "WHERE status = 'running'");
  return end.execute(utc_now());
}

int end_stale_runs(StatementCache& statements, const RunStart& start) {
  LentStatement running = statements.get(
      "SELECT id, process, process_start FROM runs "
      "WHERE trial_id = ? AND seed = ? AND status = 'running' AND host = ?");
  running.bind(trial_row(statements, start.trial), stored_seed(start.seed), this_process().host);
  return end_where_gone(statements, running);
}

}  // namespace rnnbench
