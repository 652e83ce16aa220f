#pragma once

#include <filesystem>
#include <string>

#include "harness/core/records.hpp"
#include "harness/core/run_sink.hpp"
#include "harness/model/parameters.hpp"

namespace rnnbench {

/// All that a run can't work out again from what is recorded of its epochs.
struct Checkpoint {
  Parameters state;    ///< Engine::state(), in single precision
  std::string random;  ///< Engine::random_state()
  Parameters best;     ///< weights of the best epoch; empty where `state` has them or there is none yet
};

/// Keeps the checkpoints of runs in the folder `checkpoints`, as safetensors files that are complete or
/// absent: "state/NAME", "best/NAME", and "random" with a number a byte.
class CheckpointFiles {
 public:
  /// Paths in records are relative to `root`; files go to `root`/`folder`/checkpoints.
  CheckpointFiles(std::filesystem::path root, std::filesystem::path folder)
      : root_(std::move(root)), folder_(std::move(folder) / "checkpoints") {}

  /// Throws EnvironmentError.
  CheckpointRecord write(RunId run, int epoch, const Checkpoint& checkpoint) const;

  /// Throws EnvironmentError where the file is missing or not, byte for byte, what was written.
  Checkpoint read(const CheckpointRecord& record) const;

  /// Removes the files of `run` but that of `epoch`; those that can't be removed stay.
  void remove_all_but(RunId run, int epoch) const;
  void remove_all(RunId run) const { remove_all_but(run, /*epoch=*/0); }

 private:
  std::filesystem::path root_;
  std::filesystem::path folder_;
};

}  // namespace rnnbench
