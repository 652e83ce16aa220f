#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "harness/model/training_spec.hpp"

namespace rnnbench {

/// A weight that is trained, its gradient in weight.grad(), and the optimiser's state of it, zeros at first.
struct TrainedWeight {
  at::Tensor weight;
  bool decays = true;  ///< l2 and decay act on it
  at::Tensor m;        ///< Adam's first moment or the momentum; undefined where the optimiser has none
  at::Tensor v;        ///< the mean of squared gradients; undefined where the optimiser has none
};

/// One optimiser's rule, by training_spec.hpp.
class Update {
 public:
  virtual ~Update() = default;

  /// Moves the weights and their state in place. `steps` were taken before.
  virtual void step(double learning_rate, std::int64_t steps) = 0;
};

/// torch::optim's SGD, RMSprop, Adam or AdamW, told to work on the given state. Keras' Adam is torch's with
/// another epsilon each step.
std::unique_ptr<Update> make_torch_update(const OptimizerSpec& spec, std::vector<TrainedWeight> weights);

/// Keras' SGD and RMSprop, which torch::optim doesn't have.
std::unique_ptr<Update> make_keras_update(const OptimizerSpec& spec, std::vector<TrainedWeight> weights);

}  // namespace rnnbench
