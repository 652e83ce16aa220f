#include "results/store/checkpoint_rows.hpp"

#include <SQLiteCpp/Column.h>

#include <limits>
#include <vector>

#include "harness/core/clock.hpp"
#include "results/store/process.hpp"
#include "results/store/rows.hpp"
#include "results/store/statement_cache.hpp"

namespace rnnbench {
namespace {

/// Of the columns status, host, process and process_start, from `first` on: whether a process may be at work
/// on the run. Of other hosts it is not known here; their `running` runs are theirs.
bool is_left(LentStatement& row, int first) {
  const std::string status = row->getColumn(first).getString();
  if (status != "running") return status == "interrupted";
  const ProcessIdentity process{row->getColumn(first + 1).getString(), row->getColumn(first + 2).getInt64(),
                                row->getColumn(first + 3).getInt64()};
  return process.host == this_process().host && !is_running(process);
}

/// The metrics of each epoch up to `last`, in the order of the epochs.
std::vector<EpochRecord> recorded_epochs(StatementCache& statements, RunId run, int last) {
  LentStatement rows = statements.get(
      "SELECT epoch, name, split, value, unit FROM metrics "
      "WHERE run_id = ? AND epoch <= ? AND step = -1 ORDER BY epoch");
  rows.bind(run, last);
  std::vector<EpochRecord> epochs;
  while (rows->executeStep()) {
    const int epoch = rows->getColumn(0).getInt();
    if (epochs.empty() || epochs.back().epoch != epoch) epochs.push_back({epoch, {}, {}});
    const double value =
        rows->isColumnNull(3) ? std::numeric_limits<double>::quiet_NaN() : rows->getColumn(3).getDouble();
    epochs.back().metrics.push_back({rows->getColumn(1).getString(), rows->getColumn(2).getString(), epoch,
                                     value, rows->getColumn(4).getString()});
  }
  return epochs;
}

double trained_seconds(StatementCache& statements, RunId run, int last) {
  LentStatement sum = statements.get(
      "SELECT coalesce(sum(total_ns), 0) / 1e9 FROM timings "
      "WHERE run_id = ? AND phase = 'epoch' AND clock = 'host' AND epoch <= ?");
  sum.bind(run, last);
  sum->executeStep();
  return sum->getColumn(0).getDouble();
}

}  // namespace

std::optional<UnfinishedRun> find_unfinished_run(StatementCache& statements, const RunStart& start) {
  LentStatement rows = statements.get(
      "SELECT runs.id, engine_details, coalesce(seconds, 0), epoch, path, sha256, bytes, "
      "status, host, process, process_start, content "
      "FROM checkpoints JOIN runs ON runs.id = run_id JOIN trials ON trials.id = trial_id "
      "JOIN environments ON environments.id = environment_id "
      "WHERE trials.key = ?1 AND seed = ?2 AND (NOT ?3 OR runs.id > (SELECT coalesce(max(done.id), 0) FROM "
      "runs AS done WHERE done.trial_id = trials.id AND done.seed = ?2 AND done.status = 'finished')) "
      "ORDER BY epoch DESC, runs.id DESC");
  rows.bind(start.trial.key, stored_seed(start.seed), start.repeats ? 1 : 0);
  while (rows->executeStep()) {
    if (!is_left(rows, 7)) continue;
    UnfinishedRun left;
    left.run = rows->getColumn(0).getInt64();
    left.engine = rows->getColumn(1).getString();
    left.seconds = rows->getColumn(2).getDouble();
    left.environment = rows->getColumn(11).getString();
    left.checkpoint = {rows->getColumn(3).getInt(), rows->getColumn(4).getString(),
                       rows->getColumn(5).getString(), rows->getColumn(6).getInt64()};
    left.epochs = recorded_epochs(statements, left.run, left.checkpoint.epoch);
    left.train_seconds = trained_seconds(statements, left.run, left.checkpoint.epoch);
    return left;
  }
  return std::nullopt;
}

bool is_free(StatementCache& statements, const RunStart& start) {
  LentStatement others = statements.get(
      "SELECT 1 FROM runs WHERE trial_id = ? AND seed = ? AND "
      "(status = 'finished' OR (status = 'running' AND host = ?))");
  others.bind(trial_row(statements, start.trial), stored_seed(start.seed), this_process().host);
  return !others->executeStep();
}

bool take_over(StatementCache& statements, const UnfinishedRun& left, const RunStart& start) {
  LentStatement row = statements.get(
      "SELECT status, host, process, process_start FROM runs JOIN checkpoints ON run_id = id "
      "WHERE id = ? AND epoch = ? AND sha256 = ?");
  row.bind(left.run, left.checkpoint.epoch, left.checkpoint.sha256);
  if (!row->executeStep() || !is_left(row, 0)) return false;
  const ProcessIdentity process = this_process();
  statements
      .get(
          "UPDATE runs SET status = 'running', reason = '', output = '', finished = NULL, host = ?, process "
          "= ?, "
          "process_start = ? WHERE id = ?")
      .execute(process.host, process.process, process.start, left.run);
  statements.get("DELETE FROM metrics WHERE run_id = ? AND epoch > ?")
      .execute(left.run, left.checkpoint.epoch);
  statements.get("DELETE FROM timings WHERE run_id = ? AND epoch > ?")
      .execute(left.run, left.checkpoint.epoch);
  statements
      .get(
          "INSERT OR REPLACE INTO resumes (run_id, resumed, process, from_epoch, environment_id, host) "
          "VALUES (?, ?, ?, ?, ?, ?)")
      .execute(left.run, utc_now(), process.process, left.checkpoint.epoch + 1,
               environment_row(statements, start.environment), process.host);
  update_summary(statements, left.run);
  return true;
}

void set_checkpoint(StatementCache& statements, RunId run, const CheckpointRecord& checkpoint) {
  statements.get("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?)")
      .execute(run, checkpoint.epoch, checkpoint.path, checkpoint.sha256, checkpoint.bytes);
}

void delete_checkpoint(StatementCache& statements, RunId run) {
  statements.get("DELETE FROM checkpoints WHERE run_id = ?").execute(run);
}

}  // namespace rnnbench
