#pragma once

#include <functional>
#include <stop_token>

#include "harness/core/records.hpp"
#include "harness/data/encoded_data.hpp"
#include "harness/measure/phase_timer.hpp"
#include "harness/model/engine.hpp"

namespace rnnbench {

/// What one pass over the training reviews gave.
struct TrainedEpoch {
  double loss = 0;           ///< mean over steps of the batch's mean cross-entropy, in nats; dropout on
  double accuracy = 0;       ///< share of reviews called right, dropout on
  double gradient_norm = 0;  ///< mean over steps, before clipping
  double clipped = 0;        ///< share of steps whose gradient was scaled down
  double seconds = 0;        ///< from the first batch to the device being done
  std::int64_t steps = 0;    ///< fewer than the epoch has where the loss stopped being finite
};

/// Reports a share of the epoch in [0, 1], the loss and the accuracy so far.
using StepReport = std::function<void(double share, double loss, double accuracy)>;

/// Trains on all reviews of `part` in the order of (`order_seed`, `epoch`), `batch` at a time. Stops early
/// at a loss that is not finite. Throws Interrupted between two steps when asked to stop.
TrainedEpoch train_epoch(Engine& engine, const EncodedData& data, const EncodedPart& part, int batch,
                         double learning_rate, std::uint64_t order_seed, int epoch, PhaseTimer& timer,
                         const std::stop_token& stop, const StepReport& report);

}  // namespace rnnbench
