#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/metrics/classification_report.hpp"
#include "harness/metrics/reliability.hpp"
#include "results/query/bench_data.hpp"
#include "results/query/database.hpp"
#include "results/query/parity_data.hpp"
#include "results/query/review_groups.hpp"
#include "results/query/verdicts.hpp"

namespace rnnbench {

struct EpochValue {
  int epoch = 0;     ///< counts from 1
  double value = 0;  ///< NaN where the run recorded NaN
};

/// One metric of a run over its epochs, in their order.
struct Curve {
  std::string name;   ///< "loss", "accuracy", …
  std::string split;  ///< "train", "validation", "test", ""
  std::vector<EpochValue> points;
};

/// Durations of one phase in one epoch of a run, in nanoseconds, in the order they were taken; their median
/// alone where a published export has left them out.
struct PhaseSamples {
  std::string phase;
  std::string clock;
  int epoch = 0;
  bool warmup = false;
  std::vector<std::int64_t> samples_ns;
  bool is_median = false;  ///< they were left out
};

/// What follows from a run's stored predictions of its test reviews.
struct TestPredictions {
  ClassificationReport report;
  ReliabilityBins bins;
  std::vector<GroupAccuracy> by_length =
      {};  ///< by words of the whole text; empty: their numbers weren't recorded
  std::vector<GroupAccuracy> by_rating = {};  ///< by stars; empty: not recorded, or the source doesn't say
};

/// One run; NaN stands for a number that the run does not have.
struct RunData {
  std::int64_t id = 0;
  std::uint64_t seed = 0;
  std::int64_t environment = 0;  ///< EnvironmentData::id
  std::string status;
  std::string reason;
  std::string engine;        ///< JSON: what the engine says of itself; "{}" where it never started
  std::string started;       ///< UTC in ISO 8601
  std::string finished;      ///< UTC in ISO 8601; "" while it runs
  double test_accuracy = 0;  ///< fraction, of the last epoch that has it
  double train_seconds = 0;
  std::vector<Curve> curves;
  std::vector<PhaseSamples> timings;
  /// Of a finished run; none where it stored none that can be used.
  std::optional<TestPredictions> predictions = {};
};

/// One trial with one run a seed, ordered by seed.
struct TrialData {
  std::string key;
  std::string settings;  ///< canonical JSON
  std::string engine;
  std::string cell;
  std::string device;
  std::string data_set;
  std::string recipe;
  int vocabulary = 0;
  int length = 0;
  std::vector<RunData> runs;
};

struct EnvironmentData {
  std::int64_t id = 0;
  std::string content;  ///< JSON
};

struct ExperimentData {
  std::int64_t id = 0;
  std::string name;
  std::string question;
  std::string config;  ///< the file's text
};

/// All that figures and reports are made from.
struct FigureData {
  std::vector<ExperimentData> experiments;
  std::vector<TrialData> trials;              ///< in the order of the matrix
  std::vector<EnvironmentData> environments;  ///< of the runs above
  std::vector<ParityData> parity;             ///< of the models above
  std::vector<BenchData> benches = {};        ///< of the experiments above
  std::vector<SubjectVerdict> verdicts = {};  ///< see judge_engines(); only reports have them
};

/// The names of the experiments, the newest last.
std::vector<std::string> experiment_names(Database& database);

/// The trials of the newest version of one experiment, or of all of them, with their runs, whichever
/// experiment ran them. A seed that was run more than once counts once: its newest finished run, or its
/// newest run where none has finished. Throws ConfigError where no experiment has the name, StoreError
/// where the database can't be read.
FigureData load_figure_data(Database& database, const std::optional<std::string>& experiment);

/// The same of all versions of an experiment that differ in nothing but its file's words, the engine, the
/// device, the threads and the shards: those with the settings of the newest one. Versions that --set changed
/// otherwise don't count. `experiments` holds the newest that counts; nothing where there is none.
std::optional<FigureData> load_all_versions(Database& database, const std::string& experiment);

/// A trial's settings but for who computes: engine, device, threads and shards; and but for those named of
/// its training. Equal texts: the same is computed.
std::string what_is_computed(const std::string& trial_settings,
                             const std::vector<std::string>& but_of_training = {});

/// The curve of a run, or nullptr.
const Curve* find_curve(const RunData& run, std::string_view name, std::string_view split);

/// All samples of a phase over the epochs of a run, on the clock named; warm-up left out unless there is
/// nothing else.
std::vector<std::int64_t> phase_samples(const RunData& run, std::string_view phase, std::string_view clock);

/// The same on the host's clock, or on the device's where only that was taken.
std::vector<std::int64_t> phase_samples(const RunData& run, std::string_view phase);

/// How many runs of the trials have the status.
int count_runs(const std::vector<TrialData>& trials, std::string_view status);

}  // namespace rnnbench
