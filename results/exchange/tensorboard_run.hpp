#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// One run, as TensorBoard is told of it.
struct TensorboardRun {
  RunId run = 0;
  std::string folder = {};  ///< relative: experiment/trial/seed; no other run, of any database, has it
  std::string trial;        ///< key
  std::string status;
  double started = 0;  ///< seconds after 1970
  std::optional<double> finished;
  std::int64_t epochs = 0;
  std::optional<double> train_seconds;
  std::vector<double> epoch_ends = {};  ///< seconds after 1970 of the epochs from 1, as far as known
};

/// A name from a database, which may hold anything, as that of a folder. Other names have other folders.
std::string folder_name(const std::string& name);

TensorboardRun tensorboard_run(Database& database, RunId run);

/// When what is recorded under an epoch was known: at its end; of an epoch without a time when the last one
/// before it ended.
double wall_time(const TensorboardRun& run, std::int64_t epoch);

}  // namespace rnnbench
