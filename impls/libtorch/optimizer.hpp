#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/model/parameters.hpp"
#include "harness/model/training_spec.hpp"
#include "impls/libtorch/tensors.hpp"
#include "impls/libtorch/update.hpp"

namespace rnnbench {

/// An update over named weights, and its state under the names of engine.hpp.
class Optimizer {
 public:
  /// `weights` are those that are trained; without `embedding_decays` l2 and decay leave the embedding
  /// alone.
  Optimizer(const OptimizerSpec& spec, const NamedTensors& weights, bool embedding_decays);

  void clear_gradients();
  void step(double learning_rate);

  /// Steps taken so far.
  std::int64_t steps() const { return steps_; }

  /// Copies the state to `state`; nothing before the first step.
  void add_state_to(Parameters& state) const;
  /// Shapes of what add_state_to() gives after a step.
  std::map<std::string, std::vector<std::int64_t>> state_shapes() const;
  /// Starts anew where `state` holds no "optimizer.step", else takes the state: all of state_shapes().
  void take_state(const Parameters& state);

 private:
  NamedTensors weights_;
  NamedTensors slots_;  ///< what the update keeps from step to step, by its name in the state
  std::unique_ptr<Update> update_;
  std::int64_t steps_ = 0;
};

}  // namespace rnnbench
