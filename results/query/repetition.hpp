#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/records.hpp"
#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// All that it takes to repeat a run.
struct RepeatableRun {
  RunId run = 0;
  ExperimentRecord experiment;
  std::string key;       ///< of the trial
  std::string settings;  ///< canonical JSON of the trial
  std::uint64_t seed = 0;
  std::string engine_details;  ///< JSON
};

/// Throws ConfigError where there is no such run or it isn't finished.
RepeatableRun run_to_repeat(Database& database, RunId run);

/// `count` different finished CPU runs that are no repetitions themselves, drawn at random; all where there
/// are fewer.
std::vector<RunId> random_runs(Database& database, int count);

/// Something that two runs have differently. `before` is of the first, `after` of the second; "-" where it
/// has none.
struct Difference {
  std::string what;  ///< "epoch 2, train loss", "build.revision"
  std::string before;
  std::string after;
};

/// The SHA-256s of the files that two runs wrote, by kind, equal ones too.
std::vector<Difference> files_of_both(Database& database, RunId before, RunId after);

/// What is compared of two runs: metrics, predictions, and the SHA-256s of the files they wrote. Where
/// another build made the second, a metric that the first has nowhere is one that was added since, and no
/// difference.
struct Repetition {
  std::int64_t metrics = 0;         ///< of the first
  std::int64_t predictions = 0;     ///< probabilities of the first
  std::optional<Difference> first;  ///< in the order of the epochs; nothing where all bits are equal
};
Repetition compare_results(Database& database, RunId before, RunId after);

/// What differs between the environments and the engines of two runs, by path.
std::vector<Difference> changed_surroundings(Database& database, RunId before, RunId after);

}  // namespace rnnbench
