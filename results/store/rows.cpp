#include "results/store/rows.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"
#include "results/store/blob.hpp"
#include "results/store/process.hpp"

namespace rnnbench {
namespace {

template <typename... Values>
void execute(SQLite::Database& database, const char* sql, const Values&... values) {
  SQLite::Statement statement(database, sql);
  SQLite::bind(statement, values...);
  statement.exec();
}

template <typename... Values>
std::int64_t id_of(SQLite::Database& database, const char* sql, const Values&... values) {
  SQLite::Statement statement(database, sql);
  SQLite::bind(statement, values...);
  statement.executeStep();
  return statement.getColumn(0).getInt64();
}

void bind_blob(SQLite::Statement& statement, int index, std::string_view bytes) {
  statement.bindNoCopy(index, bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size()));
}

/// The middle of the sorted samples; of an even number, the mean of the middle two, rounded down.
std::int64_t median(std::vector<std::int64_t> samples) {
  const auto upper = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  std::nth_element(samples.begin(), upper, samples.end());
  if (samples.size() % 2 == 1) return *upper;
  return std::midpoint(*std::max_element(samples.begin(), upper), *upper);
}

void add_labels(SQLite::Database& database, const std::string& digest, std::string_view labels) {
  SQLite::Statement insert(database, "INSERT INTO review_sets VALUES (?, ?) ON CONFLICT DO NOTHING");
  insert.bind(1, digest);
  bind_blob(insert, 2, labels);
  if (insert.exec() == 1) return;
  SQLite::Statement stored(database, "SELECT labels FROM review_sets WHERE digest = ?");
  stored.bind(1, digest);
  stored.executeStep();
  if (stored.getColumn(0).getString() != labels) {
    throw StoreError(fmt::format(
        "reviews {} were recorded with other labels before; they can't share one digest: check the data set "
        "with `rnnbench data verify`",
        digest));
  }
}

/// The sum, or the largest integer where that is passed (292 years).
std::int64_t sum(std::span<const std::int64_t> samples) {
  std::int64_t total = 0;
  for (const std::int64_t sample : samples) {
    if (__builtin_add_overflow(total, sample, &total)) return std::numeric_limits<std::int64_t>::max();
  }
  return total;
}

}  // namespace

std::int64_t experiment_row(SQLite::Database& database, const ExperimentRecord& experiment) {
  execute(database,
          "INSERT INTO experiments (name, question, config, created) VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO NOTHING",
          experiment.name, experiment.question, experiment.config, utc_now());
  return id_of(database, "SELECT id FROM experiments WHERE name = ? AND config = ?", experiment.name,
               experiment.config);
}

void annotate(SQLite::Database& database, std::int64_t id, const ExperimentRecord& experiment) {
  execute(database, "UPDATE experiments SET note = ? WHERE id = ?", experiment.note, id);
  execute(database, "DELETE FROM experiment_tags WHERE experiment_id = ?", id);
  for (const std::string& tag : experiment.tags) {
    execute(database, "INSERT INTO experiment_tags VALUES (?, ?) ON CONFLICT DO NOTHING", id, tag);
  }
}

void mark_as_newest(SQLite::Database& database, std::int64_t experiment) {
  execute(database, "UPDATE experiments SET created = ? WHERE id = ?", utc_now(), experiment);
}

std::int64_t trial_row(SQLite::Database& database, const TrialRecord& trial) {
  execute(database,
          "INSERT INTO trials (key, settings, engine, cell, device, data_set, recipe, vocabulary, length) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          trial.key, trial.settings, trial.engine, trial.cell, trial.device, trial.data_set, trial.recipe,
          trial.vocabulary, trial.length);
  return id_of(database, "SELECT id FROM trials WHERE key = ?", trial.key);
}

std::int64_t environment_row(SQLite::Database& database, const std::string& content) {
  const std::string digest = sha256_hex(content);
  execute(database, "INSERT INTO environments (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING", digest,
          content);
  return id_of(database, "SELECT id FROM environments WHERE digest = ?", digest);
}

RunId add_run(SQLite::Database& database, const RunStart& start, RunStatus status,
              const std::string& reason) {
  const ProcessIdentity process = this_process();
  const std::string now = utc_now();
  SQLite::Statement statement(
      database,
      "INSERT INTO runs (uid, experiment_id, trial_id, environment_id, engine_details, seed, status, reason, "
      "host, process, process_start, started, estimated_seconds, finished) "
      "VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  SQLite::bind(statement, experiment_row(database, start.experiment), trial_row(database, start.trial),
               environment_row(database, start.environment), start.engine, stored_seed(start.seed),
               name_of(status), reason, process.host, process.process, process.start, now);
  if (start.estimated_seconds) statement.bind(12, *start.estimated_seconds);
  if (status != RunStatus::kRunning) statement.bind(13, now);
  statement.exec();
  return database.getLastInsertRowid();
}

void update_summary(SQLite::Database& database, RunId run) {
  execute(database,
          "UPDATE runs SET "
          "epochs = coalesce((SELECT max(epoch) FROM metrics WHERE run_id = ?1 AND name = 'loss' AND "
          "split = 'train'), 0), "
          "validation_accuracy = (SELECT value FROM metrics WHERE run_id = ?1 AND name = 'accuracy' AND "
          "split = 'validation' ORDER BY epoch DESC LIMIT 1), "
          "test_accuracy = (SELECT value FROM metrics WHERE run_id = ?1 AND name = 'accuracy' AND "
          "split = 'test' ORDER BY epoch DESC LIMIT 1), "
          "test_loss = (SELECT value FROM metrics WHERE run_id = ?1 AND name = 'loss' AND "
          "split = 'test' ORDER BY epoch DESC LIMIT 1) WHERE id = ?1",
          run);
}

void add_metric(SQLite::Database& database, RunId run, const MetricRecord& metric) {
  execute(database, "INSERT INTO metrics (run_id, name, split, epoch, value, unit) VALUES (?, ?, ?, ?, ?, ?)",
          run, metric.name, metric.split, metric.epoch, metric.value, metric.unit);
}

void add_timing(SQLite::Database& database, RunId run, const TimingRecord& timing) {
  const std::span<const std::int64_t> samples(timing.samples_ns);
  if (samples.empty()) return;
  const auto [least, most] = std::minmax_element(samples.begin(), samples.end());
  SQLite::Statement statement(
      database,
      "INSERT INTO timings (run_id, phase, epoch, clock, warmup, count, total_ns, median_ns, min_ns, max_ns, "
      "samples) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  SQLite::bind(statement, run, timing.phase, timing.epoch, timing.clock, timing.warmup ? 1 : 0,
               static_cast<std::int64_t>(samples.size()), sum(samples), median(timing.samples_ns), *least,
               *most);
  bind_blob(statement, 11, as_blob(samples));
  statement.exec();
}

void add_prediction(SQLite::Database& database, RunId run, const PredictionRecord& prediction) {
  if (prediction.labels.size() != prediction.positive.size()) {
    throw StoreError(fmt::format("predictions of {}: {} labels for {} probabilities", prediction.split,
                                 prediction.labels.size(), prediction.positive.size()));
  }
  add_labels(database, prediction.reviews_digest, as_blob(std::span(prediction.labels)));
  SQLite::Statement statement(
      database, "INSERT INTO predictions (run_id, split, reviews, positive) VALUES (?, ?, ?, ?)");
  SQLite::bind(statement, run, prediction.split, prediction.reviews_digest);
  bind_blob(statement, 4, as_blob(std::span(prediction.positive)));
  statement.exec();
}

void add_artifact(SQLite::Database& database, RunId run, const ArtifactRecord& artifact) {
  execute(database, "INSERT INTO artifacts (run_id, kind, path, sha256, bytes) VALUES (?, ?, ?, ?, ?)", run,
          artifact.kind, artifact.path, artifact.sha256, artifact.bytes);
}

}  // namespace rnnbench
