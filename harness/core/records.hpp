#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rnnbench {

/// The rows that the runner hands to a sink. Enumerators are stored by name; the names never change.

/// Experiments that no file makes: comparisons of `rnnbench bench`, what `rnnbench import` recorded.
inline constexpr const char* kBenchExperiment = "bench";
inline constexpr const char* kImportExperiment = "benchmarks";
/// TrialRecord::engine of what was imported.
inline constexpr const char* kImportedEngine = "google-benchmark";

enum class RunStatus { kRunning, kFinished, kFailed, kInterrupted, kSkipped };

/// "running", "finished", "failed", "interrupted", "skipped".
const char* name_of(RunStatus status);
/// The status of that name. Throws EnvironmentError for another one.
RunStatus status_named(const std::string& name);

/// One experiment file as it was run.
struct ExperimentRecord {
  std::string name;
  std::string question;
  std::string config;                  ///< the file's text
  std::vector<std::string> tags = {};  ///< distinct, of all its runs
  std::string note = {};
};

/// One cell of a matrix. The columns after `settings` are copies of parts of it, for queries.
struct TrialRecord {
  std::string key;       ///< SHA-256 of `settings`, 64 hexadecimal digits
  std::string settings;  ///< canonical JSON
  std::string engine;
  std::string cell;  ///< cells of the layers, "rnn", "lstm" or "lstm+rnn"
  std::string device;
  std::string data_set;
  std::string recipe;
  int vocabulary = 0;
  int length = 0;
};

/// What is known when a run begins (or is skipped).
struct RunStart {
  ExperimentRecord experiment;
  TrialRecord trial;
  std::uint64_t seed = 0;
  std::string environment;    ///< JSON, see harness/measure/environment.hpp
  std::string engine = "{}";  ///< JSON: what the engine says of itself, see Engine::describe
  std::optional<double> estimated_seconds = {};  ///< what the plan said of RunEnd::seconds
  std::string particulars = "{}";                ///< JSON: the seed of each source, the processors it may use
  bool repeats = false;  ///< finished runs of the trial and seed don't stand in its way
  /// Of a run that is recorded afterwards: its host, and when it was (UTC in ISO 8601). "": here, now.
  std::string host = {}, when = {};
  /// What names the run in every copy of it, of a run that is recorded afterwards and may be so elsewhere
  /// too, once in a database. "": a random one.
  std::string uid = {};
};

/// A named value at (split, epoch, step). NaN and infinities are kept as such.
struct MetricRecord {
  std::string name;   ///< "loss", "accuracy", "gradient_norm", …
  std::string split;  ///< "train", "validation", "test", or "" where none applies
  int epoch = 0;      ///< counts from 1
  double value = 0;
  std::string unit;  ///< "nats", "fraction", …; "" for none
};

/// 10 years: a longer duration is refused where others hand durations over. Sums of such stay far from what
/// an integer of SQLite holds.
inline constexpr std::int64_t kLongestSampleNs = 10LL * 365 * 86'400 * 1'000'000'000;

/// Durations of one phase in one epoch, raw, in the order they were taken.
struct TimingRecord {
  std::string phase;  ///< "data", "forward", "backward", "optimizer", "step", "evaluate", "epoch", "control"
  std::string clock;  ///< "host" (steady_clock) or "device" (device events)
  int epoch = 0;      ///< counts from 1
  bool warmup = false;
  std::vector<std::int64_t> samples_ns;
};

/// A file with what a run needs to go on after an epoch; see harness/runner/checkpoint.hpp.
struct CheckpointRecord {
  int epoch = 0;
  std::string path;  ///< relative to the database's folder
  std::string sha256;
  std::int64_t bytes = 0;
};

struct EpochRecord {
  int epoch = 0;  ///< counts from 1
  std::vector<MetricRecord> metrics;
  std::vector<TimingRecord> timings;
  std::optional<CheckpointRecord> checkpoint = {};  ///< takes the place of the run's earlier one
  double train_seconds = 0;                         ///< as in RunEnd, so far
  double seconds = 0;                               ///< as in RunEnd, so far
};

/// Probabilities of the positive class for each review of a split, in the split's order.
struct PredictionRecord {
  std::string split;
  std::string reviews_digest;        ///< SHA-256 over the split's texts and labels: equal means comparable
  std::vector<std::uint8_t> labels;  ///< 0 negative, 1 positive
  std::vector<float> positive;       ///< in [0, 1]
  std::vector<std::uint8_t> ratings = {};  ///< stars 1 to 10, 0: the source doesn't say; empty: not known
  std::vector<std::uint32_t> plain_words = {};  ///< words of a review's text; empty: not known
};

/// A file beside the database.
struct ArtifactRecord {
  std::string kind;  ///< "parameters_best", "parameters_last", "vocabulary"
  std::string path;  ///< relative to the database's folder
  std::string sha256;
  std::int64_t bytes = 0;
};

/// What is known when a run ends, however it ended.
struct RunEnd {
  RunStatus status = RunStatus::kFinished;
  std::string reason;        ///< "" where it finished
  double train_seconds = 0;  ///< training steps of all epochs, data included, evaluation not
  std::vector<MetricRecord> metrics;
  std::vector<PredictionRecord> predictions;
  std::vector<ArtifactRecord> artifacts;
  double seconds = 0;       ///< of all its processes, from begin to end, data and evaluation included
  std::string output = {};  ///< of a failed run: the last lines that its process wrote
  std::string when = {};    ///< of a run that is recorded afterwards, as RunStart::when; "": now
};

}  // namespace rnnbench
