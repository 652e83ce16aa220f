#pragma once

#include <cstdint>

#include "harness/core/records.hpp"
#include "harness/core/run_sink.hpp"

namespace rnnbench {

class StatementCache;

/// Writes single rows inside the caller's transaction. Throw SQLite::Exception, StoreError where a record
/// contradicts itself or one stored before.

/// Each returns the row's id; equal content is stored once.
std::int64_t experiment_row(StatementCache& statements, const ExperimentRecord& experiment);
/// Replaces the tags and the note of an experiment by those given.
void annotate(StatementCache& statements, std::int64_t id, const ExperimentRecord& experiment);
/// Makes this version of an experiment the one that is reported.
void mark_as_newest(StatementCache& statements, std::int64_t experiment);
std::int64_t trial_row(StatementCache& statements, const TrialRecord& trial);
std::int64_t environment_row(StatementCache& statements, const std::string& content);

/// A new run of this process: `running`, or `skipped` for `reason` and over at once.
RunId add_run(StatementCache& statements, const RunStart& start, RunStatus status, const std::string& reason);

/// Copies to the run's row what lists show of its metrics.
void update_summary(StatementCache& statements, RunId run);

void add_metric(StatementCache& statements, RunId run, const MetricRecord& metric);
/// Adds the summary and the raw samples; nothing where no sample was taken.
void add_timing(StatementCache& statements, RunId run, const TimingRecord& timing);
/// Labels are stored once for each set of reviews.
void add_prediction(StatementCache& statements, RunId run, const PredictionRecord& prediction);
void add_artifact(StatementCache& statements, RunId run, const ArtifactRecord& artifact);

/// The seed as SQLite's signed integer; seeds from 2^63 up appear negative there.
constexpr std::int64_t stored_seed(std::uint64_t seed) { return static_cast<std::int64_t>(seed); }

}  // namespace rnnbench
