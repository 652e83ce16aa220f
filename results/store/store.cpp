#include "results/store/store.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <type_traits>
#include <utility>

#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "results/store/checkpoint_rows.hpp"
#include "results/store/connection.hpp"
#include "results/store/parity_rows.hpp"
#include "results/store/process.hpp"
#include "results/store/rows.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {

Store::Store(const std::filesystem::path& path)
    : connection_(std::make_unique<Connection>(open_for_writing(path))) {}

Store::Store(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

Store::~Store() = default;

/// Writers take the lock at once, so that none has to give up half-way; an exception rolls back.
template <typename Action>
auto Store::in_transaction(Action&& action) {
  return with_store_errors(connection_->path, [&] {
    SQLite::Database& database = connection_->database;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if constexpr (std::is_void_v<std::invoke_result_t<Action, SQLite::Database&>>) {
      action(database);
      transaction.commit();
    } else {
      auto result = action(database);
      transaction.commit();
      return result;
    }
  });
}

std::set<RunKey> Store::finished_runs() {
  return with_store_errors(connection_->path, [&] {
    SQLite::Statement statement(connection_->database,
                                "SELECT DISTINCT trials.key, runs.seed FROM runs "
                                "JOIN trials ON trials.id = runs.trial_id WHERE runs.status = 'finished'");
    std::set<RunKey> finished;
    while (statement.executeStep()) {
      finished.emplace(statement.getColumn(0).getString(),
                       static_cast<std::uint64_t>(statement.getColumn(1).getInt64()));
    }
    return finished;
  });
}

void Store::add_trials(const ExperimentRecord& experiment, const std::vector<TrialRecord>& trials) {
  in_transaction([&](SQLite::Database& database) {
    const std::int64_t experiment_id = experiment_row(database, experiment);
    mark_as_newest(database, experiment_id);
    annotate(database, experiment_id, experiment);
    SQLite::Statement forget(
        database,
        "DELETE FROM experiment_trials WHERE experiment_id = ? AND NOT EXISTS (SELECT 1 FROM "
        "runs WHERE trial_id = experiment_trials.trial_id AND status <> 'skipped')");
    forget.bind(1, experiment_id);
    forget.exec();
    SQLite::Statement statement(database,
                                "INSERT INTO experiment_trials VALUES (?, ?, ?) "
                                "ON CONFLICT DO UPDATE SET position = excluded.position");
    std::int64_t position = 0;
    for (const TrialRecord& trial : trials) {
      SQLite::bind(statement, experiment_id, trial_row(database, trial), ++position);
      statement.exec();
      statement.reset();
    }
  });
}

RunId Store::begin_run(const RunStart& start) {
  return in_transaction(
      [&](SQLite::Database& database) { return add_run(database, start, RunStatus::kRunning, ""); });
}

std::optional<RunId> Store::claim_run(const RunStart& start) {
  return in_transaction([&](SQLite::Database& database) -> std::optional<RunId> {
    if (!is_free(database, start)) return std::nullopt;
    return add_run(database, start, RunStatus::kRunning, "");
  });
}

std::optional<UnfinishedRun> Store::unfinished_run(const RunStart& start) {
  return with_store_errors(connection_->path,
                           [&] { return find_unfinished_run(connection_->database, start); });
}

bool Store::resume_run(const UnfinishedRun& left, const RunStart& start) {
  return in_transaction([&](SQLite::Database& database) {
    return is_free(database, start) && take_over(database, left, start);
  });
}

void Store::drop_checkpoint(RunId run) {
  in_transaction([&](SQLite::Database& database) { delete_checkpoint(database, run); });
}

void Store::epoch_finished(RunId run, const EpochRecord& epoch) {
  in_transaction([&](SQLite::Database& database) {
    for (const MetricRecord& metric : epoch.metrics) add_metric(database, run, metric);
    for (const TimingRecord& timing : epoch.timings) add_timing(database, run, timing);
    if (epoch.checkpoint) set_checkpoint(database, run, *epoch.checkpoint);
    SQLite::Statement so_far(database, "UPDATE runs SET train_seconds = ?, seconds = ? WHERE id = ?");
    SQLite::bind(so_far, epoch.train_seconds, epoch.seconds, run);
    so_far.exec();
    update_summary(database, run);
  });
}

void Store::end_run(RunId run, const RunEnd& end) {
  in_transaction([&](SQLite::Database& database) {
    SQLite::Statement update(database,
                             "UPDATE runs SET status = ?, reason = ?, train_seconds = ?, seconds = ?, "
                             "output = ?, finished = ? WHERE id = ? AND status = 'running'");
    SQLite::bind(update, name_of(end.status), end.reason, end.train_seconds, end.seconds, end.output,
                 utc_now(), run);
    if (update.exec() != 1) {
      throw StoreError(fmt::format("{}: run {} is not running any more; was it ended by another process?",
                                   connection_->path.string(), run));
    }
    for (const MetricRecord& metric : end.metrics) add_metric(database, run, metric);
    for (const PredictionRecord& prediction : end.predictions) add_prediction(database, run, prediction);
    for (const ArtifactRecord& artifact : end.artifacts) add_artifact(database, run, artifact);
    if (end.status != RunStatus::kInterrupted) delete_checkpoint(database, run);
    update_summary(database, run);
  });
}

void Store::skip_run(const RunStart& start, const std::string& reason) {
  in_transaction([&](SQLite::Database& database) {
    SQLite::Statement update(database,
                             "UPDATE runs SET reason = ? "
                             "WHERE experiment_id = ? AND trial_id = ? AND seed = ? AND status = 'skipped'");
    SQLite::bind(update, reason, experiment_row(database, start.experiment), trial_row(database, start.trial),
                 stored_seed(start.seed));
    if (update.exec() == 0) add_run(database, start, RunStatus::kSkipped, reason);
  });
}

std::int64_t Store::add_parity(const ParityRecord& record) {
  return in_transaction([&](SQLite::Database& database) { return add_parity_record(database, record); });
}

void Store::add_parity_seeds(std::int64_t parity, const ParitySeeds& seeds) {
  in_transaction([&](SQLite::Database& database) { add_parity_seed_rows(database, parity, seeds); });
}

int Store::recover_stale_runs() {
  return in_transaction([&](SQLite::Database& database) {
    SQLite::Statement running(
        database, "SELECT id, process, process_start FROM runs WHERE status = 'running' AND host = ?");
    SQLite::Statement update(database,
                             "UPDATE runs SET status = 'interrupted', reason = 'the process ended without "
                             "saying so', finished = ? "
                             "WHERE id = ?");
    const std::string host = this_process().host;
    running.bind(1, host);
    std::vector<RunId> stale;
    while (running.executeStep()) {
      const ProcessIdentity process{host, running.getColumn(1).getInt64(), running.getColumn(2).getInt64()};
      if (!is_running(process)) stale.push_back(running.getColumn(0).getInt64());
    }
    for (const RunId run : stale) {
      SQLite::bind(update, utc_now(), run);
      update.exec();
      update.reset();
    }
    return static_cast<int>(stale.size());
  });
}

}  // namespace rnnbench
