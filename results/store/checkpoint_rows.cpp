#include "results/store/checkpoint_rows.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/VariadicBind.h>

#include <limits>
#include <vector>

#include "harness/core/clock.hpp"
#include "results/store/process.hpp"
#include "results/store/rows.hpp"

namespace rnnbench {
namespace {

template <typename... Values>
int execute(SQLite::Database& database, const char* sql, const Values&... values) {
  SQLite::Statement statement(database, sql);
  SQLite::bind(statement, values...);
  return statement.exec();
}

/// Of the columns status, host, process and process_start, from `first` on: whether a process may be at work
/// on the run. Of other hosts it is not known here; their `running` runs are theirs.
bool is_left(SQLite::Statement& row, int first) {
  const std::string status = row.getColumn(first).getString();
  if (status != "running") return status == "interrupted";
  const ProcessIdentity process{row.getColumn(first + 1).getString(), row.getColumn(first + 2).getInt64(),
                                row.getColumn(first + 3).getInt64()};
  return process.host == this_process().host && !is_running(process);
}

/// The metrics of each epoch up to `last`, in the order of the epochs.
std::vector<EpochRecord> recorded_epochs(SQLite::Database& database, RunId run, int last) {
  SQLite::Statement rows(database,
                         "SELECT epoch, name, split, value, unit FROM metrics "
                         "WHERE run_id = ? AND epoch <= ? AND step = -1 ORDER BY epoch");
  SQLite::bind(rows, run, last);
  std::vector<EpochRecord> epochs;
  while (rows.executeStep()) {
    const int epoch = rows.getColumn(0).getInt();
    if (epochs.empty() || epochs.back().epoch != epoch) epochs.push_back({epoch, {}, {}});
    const double value =
        rows.isColumnNull(3) ? std::numeric_limits<double>::quiet_NaN() : rows.getColumn(3).getDouble();
    epochs.back().metrics.push_back({rows.getColumn(1).getString(), rows.getColumn(2).getString(), epoch,
                                     value, rows.getColumn(4).getString()});
  }
  return epochs;
}

double trained_seconds(SQLite::Database& database, RunId run, int last) {
  SQLite::Statement sum(database,
                        "SELECT coalesce(sum(total_ns), 0) / 1e9 FROM timings "
                        "WHERE run_id = ? AND phase = 'epoch' AND clock = 'host' AND epoch <= ?");
  SQLite::bind(sum, run, last);
  sum.executeStep();
  return sum.getColumn(0).getDouble();
}

}  // namespace

std::optional<UnfinishedRun> find_unfinished_run(SQLite::Database& database, const RunStart& start) {
  SQLite::Statement rows(database,
                         "SELECT runs.id, engine_details, coalesce(seconds, 0), epoch, path, sha256, bytes, "
                         "status, host, process, process_start "
                         "FROM checkpoints JOIN runs ON runs.id = run_id JOIN trials ON trials.id = trial_id "
                         "WHERE trials.key = ? AND seed = ? ORDER BY epoch DESC, runs.id DESC");
  SQLite::bind(rows, start.trial.key, stored_seed(start.seed));
  while (rows.executeStep()) {
    if (!is_left(rows, 7)) continue;
    UnfinishedRun left;
    left.run = rows.getColumn(0).getInt64();
    left.engine = rows.getColumn(1).getString();
    left.seconds = rows.getColumn(2).getDouble();
    left.checkpoint = {rows.getColumn(3).getInt(), rows.getColumn(4).getString(),
                       rows.getColumn(5).getString(), rows.getColumn(6).getInt64()};
    left.epochs = recorded_epochs(database, left.run, left.checkpoint.epoch);
    left.train_seconds = trained_seconds(database, left.run, left.checkpoint.epoch);
    return left;
  }
  return std::nullopt;
}

bool is_free(SQLite::Database& database, const RunStart& start) {
  SQLite::Statement others(database,
                           "SELECT status, host, process, process_start FROM runs "
                           "WHERE trial_id = ? AND seed = ? AND status IN ('finished', 'running')");
  SQLite::bind(others, trial_row(database, start.trial), stored_seed(start.seed));
  const std::string host = this_process().host;
  while (others.executeStep()) {
    if (others.getColumn(0).getString() == "finished") return false;
    const ProcessIdentity other{others.getColumn(1).getString(), others.getColumn(2).getInt64(),
                                others.getColumn(3).getInt64()};
    if (other.host == host && is_running(other)) return false;
  }
  return true;
}

bool take_over(SQLite::Database& database, const UnfinishedRun& left, const RunStart& start) {
  SQLite::Statement row(
      database,
      "SELECT status, host, process, process_start FROM runs JOIN checkpoints ON run_id = id "
      "WHERE id = ? AND epoch = ? AND sha256 = ?");
  SQLite::bind(row, left.run, left.checkpoint.epoch, left.checkpoint.sha256);
  if (!row.executeStep() || !is_left(row, 0)) return false;
  const ProcessIdentity process = this_process();
  execute(
      database,
      "UPDATE runs SET status = 'running', reason = '', output = '', finished = NULL, host = ?, process = ?, "
      "process_start = ? WHERE id = ?",
      process.host, process.process, process.start, left.run);
  execute(database, "DELETE FROM metrics WHERE run_id = ? AND epoch > ?", left.run, left.checkpoint.epoch);
  execute(database, "DELETE FROM timings WHERE run_id = ? AND epoch > ?", left.run, left.checkpoint.epoch);
  execute(database, "INSERT OR REPLACE INTO resumes VALUES (?, ?, ?, ?, ?, ?)", left.run,
          left.checkpoint.epoch + 1, environment_row(database, start.environment), process.host,
          process.process, utc_now());
  update_summary(database, left.run);
  return true;
}

void set_checkpoint(SQLite::Database& database, RunId run, const CheckpointRecord& checkpoint) {
  execute(database, "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?)", run, checkpoint.epoch,
          checkpoint.path, checkpoint.sha256, checkpoint.bytes);
}

void delete_checkpoint(SQLite::Database& database, RunId run) {
  execute(database, "DELETE FROM checkpoints WHERE run_id = ?", run);
}

}  // namespace rnnbench
