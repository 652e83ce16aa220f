#include "results/store/store.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "results/store/checkpoint_rows.hpp"
#include "results/store/connection.hpp"
#include "results/store/named_files.hpp"
#include "results/store/parity_rows.hpp"
#include "results/store/process.hpp"
#include "results/store/rows.hpp"
#include "results/store/run_copies.hpp"
#include "results/store/sqlite_error.hpp"
#include "results/store/stale_runs.hpp"
#include "results/store/statement_cache.hpp"
#include "results/store/write_scope.hpp"

namespace rnnbench {

namespace {

std::unique_ptr<Connection> open_own(const std::filesystem::path& path) {
  require_files_of_its_own(path);
  return std::make_unique<Connection>(open_for_writing(path));
}

}  // namespace

Store::Store(const std::filesystem::path& path) : Store(open_own(path)) {}

Store::Store(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)),
      statements_(std::make_unique<StatementCache>(connection_->database)) {}

Store::~Store() = default;

template <typename Action>
auto Store::in_transaction(Action&& action, OnDisk when) {
  return with_store_errors(connection_->path, [&] {
    if (is_together_ && sqlite3_get_autocommit(connection_->database.getHandle()) != 0) {
      throw StoreError(
          fmt::format("{}: the transaction that this belongs to was taken back", connection_->path.string()));
    }
    WriteScope scope(*statements_, is_together_           ? WriteScope::Kind::kPart
                                   : when == OnDisk::kNow ? WriteScope::Kind::kTransaction
                                                          : WriteScope::Kind::kLateForDisk);
    if constexpr (std::is_void_v<std::invoke_result_t<Action, StatementCache&>>) {
      action(*statements_);
      scope.commit();
    } else {
      auto result = action(*statements_);
      scope.commit();
      return result;
    }
  });
}

void Store::together(const std::function<void()>& calls) {
  if (is_together_) return calls();
  const auto is_over = [this](void*) { is_together_ = false; };
  with_store_errors(connection_->path, [&] {
    WriteScope scope(*statements_, WriteScope::Kind::kTransaction);
    is_together_ = true;
    const std::unique_ptr<void, decltype(is_over)> at_end(this, is_over);
    calls();
    scope.commit();
  });
}

std::set<RunKey> Store::finished_runs() {
  return with_store_errors(connection_->path, [&] {
    LentStatement statement = statements_->get(
        "SELECT DISTINCT trials.key, runs.seed FROM runs "
        "JOIN trials ON trials.id = runs.trial_id WHERE runs.status = 'finished'");
    std::set<RunKey> finished;
    while (statement->executeStep()) {
      finished.emplace(statement->getColumn(0).getString(),
                       static_cast<std::uint64_t>(statement->getColumn(1).getInt64()));
    }
    return finished;
  });
}

void Store::add_trials(const ExperimentRecord& experiment, const std::vector<TrialRecord>& trials) {
  in_transaction([&](StatementCache& statements) {
    const std::int64_t experiment_id = experiment_row(statements, experiment);
    mark_as_newest(statements, experiment_id);
    annotate(statements, experiment_id, experiment);
    LentStatement forget = statements.get(
        "DELETE FROM experiment_trials WHERE experiment_id = ? AND NOT EXISTS (SELECT 1 FROM "
        "runs WHERE trial_id = experiment_trials.trial_id AND status <> 'skipped')");
    forget.execute(experiment_id);
    LentStatement statement = statements.get(
        "INSERT INTO experiment_trials VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET position = excluded.position");
    std::int64_t position = 0;
    for (const TrialRecord& trial : trials) {
      statement.execute(experiment_id, trial_row(statements, trial), ++position);
    }
  });
}

void Store::add_trial(const ExperimentRecord& experiment, const TrialRecord& trial) {
  in_transaction([&](StatementCache& statements) {
    const std::int64_t experiment_id = experiment_row(statements, experiment);
    mark_as_newest(statements, experiment_id);
    annotate(statements, experiment_id, experiment);
    statements
        .get(
            "INSERT INTO experiment_trials SELECT ?1, ?2, 1 + coalesce(max(position), 0) "
            "FROM experiment_trials WHERE experiment_id = ?1 ON CONFLICT DO NOTHING")
        .execute(experiment_id, trial_row(statements, trial));
  });
}

RunId Store::begin_run(const RunStart& start) {
  return in_transaction(
      [&](StatementCache& statements) { return add_run(statements, start, RunStatus::kRunning, ""); },
      OnDisk::kLater);
}

std::optional<RunId> Store::claim_run(const RunStart& start) {
  return in_transaction(
      [&](StatementCache& statements) -> std::optional<RunId> {
        end_stale_runs(statements, start);
        if (!is_free(statements, start)) return std::nullopt;
        return add_run(statements, start, RunStatus::kRunning, "");
      },
      OnDisk::kLater);
}

std::optional<UnfinishedRun> Store::unfinished_run(const RunStart& start) {
  return with_store_errors(connection_->path, [&] { return find_unfinished_run(*statements_, start); });
}

bool Store::resume_run(const UnfinishedRun& left, const RunStart& start) {
  return in_transaction([&](StatementCache& statements) {
    end_stale_runs(statements, start);
    return (start.repeats || is_free(statements, start)) && take_over(statements, left, start);
  });
}

void Store::drop_checkpoint(RunId run) {
  in_transaction([&](StatementCache& statements) { delete_checkpoint(statements, run); });
}

void Store::epoch_finished(RunId run, const EpochRecord& epoch) {
  in_transaction([&](StatementCache& statements) {
    for (const MetricRecord& metric : epoch.metrics) add_metric(statements, run, metric);
    for (const TimingRecord& timing : epoch.timings) add_timing(statements, run, timing);
    if (epoch.checkpoint) set_checkpoint(statements, run, *epoch.checkpoint);
    statements.get("UPDATE runs SET train_seconds = ?, seconds = ? WHERE id = ?")
        .execute(epoch.train_seconds, epoch.seconds, run);
    const int newest =
        epoch.metrics.empty() ? 0 : std::ranges::max(epoch.metrics, {}, &MetricRecord::epoch).epoch;
    statements.get(follow_copies_sql().c_str()).execute(run, newest);
  });
}

void Store::run_wrote(RunId run, const std::string& lines) {
  in_transaction([&](StatementCache& statements) {
    statements.get("UPDATE runs SET output = ? WHERE id = ? AND status = 'running'").execute(lines, run);
  });
}

void Store::end_run(RunId run, const RunEnd& end) {
  in_transaction([&](StatementCache& statements) {
    LentStatement update = statements.get(
        "UPDATE runs SET status = ?, reason = ?, train_seconds = ?, seconds = ?, "
        "output = ?, finished = ? WHERE id = ? AND status = 'running'");
    const int ended = update.execute(name_of(end.status), end.reason, end.train_seconds, end.seconds,
                                     end.output, end.when.empty() ? utc_now() : end.when, run);
    if (ended != 1) {
      throw StoreError(fmt::format("{}: run {} is not running any more; was it ended by another process?",
                                   connection_->path.string(), run));
    }
    for (const MetricRecord& metric : end.metrics) add_metric(statements, run, metric);
    for (const PredictionRecord& prediction : end.predictions) add_prediction(statements, run, prediction);
    for (const ArtifactRecord& artifact : end.artifacts) add_artifact(statements, run, artifact);
    if (end.status != RunStatus::kInterrupted) delete_checkpoint(statements, run);
    update_summary(statements, run);
  });
}

std::optional<RunStatus> Store::end_lost_run(RunId run, const RunEnd& end) {
  return in_transaction([&](StatementCache& statements) -> std::optional<RunStatus> {
    LentStatement current = statements.get("SELECT status FROM runs WHERE id = ?");
    current.bind(run);
    if (!current->executeStep())
      throw StoreError(fmt::format("{}: there is no run {}", connection_->path.string(), run));
    const RunStatus status = status_named(current->getColumn(0).getString());
    if (status != RunStatus::kRunning) return status;
    const std::string now = utc_now();
    statements
        .get(
            "UPDATE runs SET status = ?, reason = ?, output = ?, seconds = max(coalesce(seconds, 0), ?), "
            "finished = ? WHERE id = ?")
        .execute(name_of(end.status), end.reason, end.output, end.seconds, now, run);
    if (end.status != RunStatus::kInterrupted) delete_checkpoint(statements, run);
    return std::nullopt;
  });
}

void Store::skip_run(const RunStart& start, const std::string& reason) {
  in_transaction([&](StatementCache& statements) {
    LentStatement update = statements.get(
        "UPDATE runs SET reason = ? "
        "WHERE experiment_id = ? AND trial_id = ? AND seed = ? AND status = 'skipped'");
    const int renewed = update.execute(reason, experiment_row(statements, start.experiment),
                                       trial_row(statements, start.trial), stored_seed(start.seed));
    if (renewed == 0) add_run(statements, start, RunStatus::kSkipped, reason);
  });
}

bool Store::has_runs(const ExperimentRecord& experiment) {
  return with_store_errors(connection_->path, [&] {
    LentStatement statement = statements_->get(
        "SELECT EXISTS (SELECT 1 FROM runs JOIN experiments ON experiments.id = experiment_id "
        "WHERE name = ? AND config = ?)");
    statement.bind(experiment.name, experiment.config);
    statement->executeStep();
    return statement->getColumn(0).getInt() != 0;
  });
}

void Store::tag_run(RunId run, const std::string& tag) {
  in_transaction([&](StatementCache& statements) {
    statements.get("INSERT INTO run_tags VALUES (?, ?) ON CONFLICT DO NOTHING").execute(run, tag);
  });
}

std::int64_t Store::add_parity(const ParityRecord& record) {
  return in_transaction([&](StatementCache& statements) { return add_parity_record(statements, record); });
}

void Store::add_parity_seeds(std::int64_t parity, const ParitySeeds& seeds) {
  in_transaction([&](StatementCache& statements) { add_parity_seed_rows(statements, parity, seeds); });
}

int Store::recover_stale_runs(Writers writers) {
  return in_transaction([&](StatementCache& statements) {
    return writers == Writers::kThis ? end_running_runs(statements) : end_stale_runs(statements);
  });
}

std::string sqlite_version() { return SQLite::getLibVersion(); }

}  // namespace rnnbench
