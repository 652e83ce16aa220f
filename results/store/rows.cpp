#include "results/store/rows.hpp"

#include <SQLiteCpp/Database.h>
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
#include "results/store/run_copies.hpp"
#include "results/store/statement_cache.hpp"

namespace rnnbench {
namespace {

/// The first column of the first row.
template <typename... Values>
std::int64_t id_of(StatementCache& statements, const char* sql, const Values&... values) {
  LentStatement statement = statements.get(sql);
  statement.bind(values...);
  statement->executeStep();
  return statement->getColumn(0).getInt64();
}

/// The middle of the sorted samples; of an even number, the mean of the middle two, rounded down.
std::int64_t median(std::vector<std::int64_t> samples) {
  const auto upper = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  std::nth_element(samples.begin(), upper, samples.end());
  if (samples.size() % 2 == 1) return *upper;
  return std::midpoint(*std::max_element(samples.begin(), upper), *upper);
}

void add_labels(StatementCache& statements, const std::string& digest, std::string_view labels) {
  LentStatement insert = statements.get("INSERT INTO review_sets VALUES (?, ?) ON CONFLICT DO NOTHING");
  insert.bind(digest);
  insert.bind_blob(2, labels);
  if (insert->exec() == 1) return;
  LentStatement stored = statements.get("SELECT labels FROM review_sets WHERE digest = ?");
  stored.bind(digest);
  stored->executeStep();
  if (stored->getColumn(0).getString() != labels) {
    throw StoreError(fmt::format(
        "reviews {} were recorded with other labels before; they can't share one digest: check the data set "
        "with `rnnbench data verify`",
        digest));
  }
}

/// What accuracies can be grouped by, once a set of reviews; nothing where it isn't known.
void add_facts(StatementCache& statements, const PredictionRecord& prediction) {
  if (prediction.plain_words.empty()) return;
  const std::size_t reviews = prediction.labels.size();
  if (prediction.plain_words.size() != reviews || prediction.ratings.size() != reviews) {
    throw StoreError(fmt::format("predictions of {}: {} sizes and {} ratings for {} labels", prediction.split,
                                 prediction.plain_words.size(), prediction.ratings.size(), reviews));
  }
  LentStatement insert = statements.get("INSERT INTO review_facts VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  insert.bind(prediction.reviews_digest);
  insert.bind_blob(2, as_blob(std::span(prediction.plain_words)));
  insert.bind_blob(3, as_blob(std::span(prediction.ratings)));
  insert->exec();
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

std::int64_t experiment_row(StatementCache& statements, const ExperimentRecord& experiment) {
  statements
      .get(
          "INSERT INTO experiments (name, question, config, created) VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO NOTHING")
      .execute(experiment.name, experiment.question, experiment.config, utc_now());
  return id_of(statements, "SELECT id FROM experiments WHERE name = ? AND config = ?", experiment.name,
               experiment.config);
}

void annotate(StatementCache& statements, std::int64_t id, const ExperimentRecord& experiment) {
  statements.get("UPDATE experiments SET note = ? WHERE id = ?").execute(experiment.note, id);
  statements.get("DELETE FROM experiment_tags WHERE experiment_id = ?").execute(id);
  for (const std::string& tag : experiment.tags) {
    statements.get("INSERT INTO experiment_tags VALUES (?, ?) ON CONFLICT DO NOTHING").execute(id, tag);
  }
}

void mark_as_newest(StatementCache& statements, std::int64_t experiment) {
  statements.get("UPDATE experiments SET created = ? WHERE id = ?").execute(utc_now(), experiment);
}

std::int64_t trial_row(StatementCache& statements, const TrialRecord& trial) {
  statements
      .get(
          "INSERT INTO trials (key, settings, engine, cell, device, data_set, recipe, vocabulary, length) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
      .execute(trial.key, trial.settings, trial.engine, trial.cell, trial.device, trial.data_set,
               trial.recipe, trial.vocabulary, trial.length);
  return id_of(statements, "SELECT id FROM trials WHERE key = ?", trial.key);
}

std::int64_t environment_row(StatementCache& statements, const std::string& content) {
  const std::string digest = sha256_hex(content);
  statements.get("INSERT INTO environments (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .execute(digest, content);
  return id_of(statements, "SELECT id FROM environments WHERE digest = ?", digest);
}

RunId add_run(StatementCache& statements, const RunStart& start, RunStatus status,
              const std::string& reason) {
  const ProcessIdentity& process = this_process();
  const std::string now = start.when.empty() ? utc_now() : start.when;
  LentStatement statement = statements.get(
      "INSERT INTO runs (uid, experiment_id, trial_id, environment_id, engine_details, seed, status, reason, "
      "host, process, process_start, started, estimated_seconds, finished, "
      "particulars) VALUES (coalesce(nullif(?15, ''), lower(hex(randomblob(16)))), ?1, ?2, ?3, ?4, ?5, ?6, "
      "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
  statement.bind(experiment_row(statements, start.experiment), trial_row(statements, start.trial),
                 environment_row(statements, start.environment), start.engine, stored_seed(start.seed),
                 name_of(status), reason, start.host.empty() ? process.host : start.host, process.process,
                 process.start, now);
  start.estimated_seconds ? statement->bind(12, *start.estimated_seconds) : statement->bind(12);
  status != RunStatus::kRunning ? statement->bindNoCopy(13, now) : statement->bind(13);
  statement->bindNoCopy(14, start.particulars);
  statement->bindNoCopy(15, start.uid);
  statement->exec();
  return statements.database().getLastInsertRowid();
}

void update_summary(StatementCache& statements, RunId run) {
  statements.get(update_copies_sql().c_str()).execute(run);
}

void add_metric(StatementCache& statements, RunId run, const MetricRecord& metric) {
  statements.get("INSERT INTO metrics (run_id, name, split, epoch, value, unit) VALUES (?, ?, ?, ?, ?, ?)")
      .execute(run, metric.name, metric.split, metric.epoch, metric.value, metric.unit);
}

void add_timing(StatementCache& statements, RunId run, const TimingRecord& timing) {
  const std::span<const std::int64_t> samples(timing.samples_ns);
  if (samples.empty()) return;
  const auto [least, most] = std::minmax_element(samples.begin(), samples.end());
  LentStatement statement = statements.get(
      "INSERT INTO timings (run_id, phase, epoch, clock, warmup, count, total_ns, median_ns, min_ns, max_ns, "
      "samples) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  statement.bind(run, timing.phase, timing.epoch, timing.clock, timing.warmup ? 1 : 0,
                 static_cast<std::int64_t>(samples.size()), sum(samples), median(timing.samples_ns), *least,
                 *most);
  statement.bind_blob(11, as_blob(samples));
  statement->exec();
}

void add_prediction(StatementCache& statements, RunId run, const PredictionRecord& prediction) {
  if (prediction.labels.size() != prediction.positive.size()) {
    throw StoreError(fmt::format("predictions of {}: {} labels for {} probabilities", prediction.split,
                                 prediction.labels.size(), prediction.positive.size()));
  }
  add_labels(statements, prediction.reviews_digest, as_blob(std::span(prediction.labels)));
  add_facts(statements, prediction);
  LentStatement statement =
      statements.get("INSERT INTO predictions (run_id, split, reviews, positive) VALUES (?, ?, ?, ?)");
  statement.bind(run, prediction.split, prediction.reviews_digest);
  statement.bind_blob(4, as_blob(std::span(prediction.positive)));
  statement->exec();
}

void add_artifact(StatementCache& statements, RunId run, const ArtifactRecord& artifact) {
  statements.get("INSERT INTO artifacts (run_id, kind, path, sha256, bytes) VALUES (?, ?, ?, ?, ?)")
      .execute(run, artifact.kind, artifact.path, artifact.sha256, artifact.bytes);
}

}  // namespace rnnbench
