#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

namespace rnnbench {

/// Probabilities that were queued on a device, and where they go on the host: so many batches can be queued
/// before the host waits.
class PendingPredictions {
 public:
  /// `probabilities` [reviews] as they will be; `positive` [reviews] lives until write().
  void add(at::Tensor probabilities, std::span<float> positive);

  /// Waits for the device and writes all of them.
  void write();

 private:
  struct Prediction {
    at::Tensor probabilities;
    std::span<float> positive;
  };
  std::vector<Prediction> pending_;
};

}  // namespace rnnbench
