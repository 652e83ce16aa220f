#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "harness/core/records.hpp"
#include "harness/core/run_sink.hpp"

namespace rnnbench {

/// What a worker and the process that started it tell each other: a line of JSON each.

/// A run for a worker to do.
struct RunRequest {
  ExperimentRecord experiment;
  std::string key;       ///< of the trial
  std::string settings;  ///< canonical
  std::string
      vectors;  ///< the name of the trial's word vectors, which the settings hold by content; "" for none
  std::uint64_t seed = 0;
  bool repeat = false;  ///< also where a finished run is there
  std::optional<double> estimated_seconds = {};
};

std::string to_line(const RunRequest& request);
/// Throws EnvironmentError where the line is none.
RunRequest run_request(const std::string& line);

/// What a worker says, as a ProgressListener and a RunSink hear it.
struct WorkerReady {};  ///< the first of all: it can begin
struct RunTaken {
  RunId run = 0;
};
struct BegunAnew {
  std::string why;
};
struct StepDone {
  int epoch = 0;
  double share_of_epoch = 0;
  double loss = 0;
  double accuracy = 0;
};
struct EvaluationBegun {
  int epoch = 0;
  std::string split;
};
struct EpochDone {
  EpochRecord record;  ///< without timings
};
struct RunOver {
  bool taken = true;  ///< false: it is finished, or at work in another process
  RunStatus status = RunStatus::kFinished;
  std::string reason;
  double seconds = 0;  ///< RunEnd::seconds
};
/// What ends the whole matrix.
struct WorkerFailed {
  int exit_code = 3;
  std::string message;
};

using WorkerMessage = std::variant<WorkerReady, RunTaken, BegunAnew, StepDone, EvaluationBegun, EpochDone,
                                   RunOver, WorkerFailed>;

std::string to_line(const WorkerMessage& message);
/// Throws EnvironmentError where the line is none.
WorkerMessage worker_message(const std::string& line);

}  // namespace rnnbench
