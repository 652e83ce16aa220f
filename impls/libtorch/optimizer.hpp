#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "harness/model/parameters.hpp"
#include "harness/model/training_spec.hpp"
#include "impls/libtorch/tensors.hpp"

namespace torch::optim {
class Optimizer;
}

namespace rnnbench {

/// torch::optim::Adam, AdamW or SGD over named weights, and its state under the names of engine.hpp.
class Optimizer {
 public:
  /// `weights` are those that are trained.
  Optimizer(const OptimizerSpec& spec, NamedTensors weights);
  ~Optimizer();

  void clear_gradients();
  void step(double learning_rate);

  /// Copies the state to `state`; nothing before the first step.
  void add_state_to(Parameters& state) const;
  /// Shapes of what add_state_to() gives after a step.
  std::map<std::string, std::vector<std::int64_t>> state_shapes() const;
  /// Starts anew where `state` holds no "optimizer.step", else takes the state: all of state_shapes().
  void take_state(const Parameters& state);

 private:
  OptimizerSpec spec_;
  NamedTensors weights_;
  std::unique_ptr<torch::optim::Optimizer> optimizer_;
  std::int64_t steps_ = 0;
};

}  // namespace rnnbench
