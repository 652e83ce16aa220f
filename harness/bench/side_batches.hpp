#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/bench/side_messages.hpp"
#include "harness/data/encoded_data.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

/// The trial that a side is asked to take steps of. Throws ConfigError.
TrialSpec trial_of(const SideSetup& setup, const std::vector<std::string>& engines);

/// The batches that every side that is set up alike goes through in turn: the first of a training's first
/// epoch, from the trial's data set or drawn. Each has as many reviews, unless there is but one.
struct SideBatches {
  /// Throws what the data does.
  SideBatches(const TrialSpec& trial, const SideSetup& setup, const RunServices& services);

  EncodedData data;
  std::vector<std::vector<std::uint32_t>> rows;       ///< of each batch
  std::vector<std::unique_ptr<BatchBuffer>> buffers;  ///< that `batches` are views of
  std::vector<Batch> batches;
};

}  // namespace rnnbench
