#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/rmsprop.h>
#include <torch/optim/sgd.h>

#include <cmath>
#include <tuple>
#include <utility>

#include "impls/libtorch/update.hpp"

namespace rnnbench {
namespace {

namespace optim = torch::optim;

/// Weights that don't decay are a group of their own.
template <class Kind, class Options>
std::unique_ptr<optim::Optimizer> make_groups(const std::vector<TrainedWeight>& weights, Options options,
                                              double decay) {
  std::vector<at::Tensor> decaying, other;
  for (const TrainedWeight& trained : weights) (trained.decays ? decaying : other).push_back(trained.weight);
  const auto group = [&](const std::vector<at::Tensor>& members, double weight_decay) {
    auto group_options = std::make_unique<Options>(options);
    group_options->weight_decay(weight_decay);
    return optim::OptimizerParamGroup(members, std::move(group_options));
  };
  std::vector<optim::OptimizerParamGroup> groups{group(decaying, decay)};
  if (!other.empty()) groups.push_back(group(other, 0));
  return std::make_unique<Kind>(groups, options);
}

std::unique_ptr<optim::Optimizer> make_optimizer(const OptimizerSpec& spec,
                                                 const std::vector<TrainedWeight>& weights) {
  const double rate = spec.learning_rate;
  const auto betas = std::make_tuple(spec.beta1, spec.beta2);
  switch (spec.kind) {
    case OptimizerKind::kAdam:
      return make_groups<optim::Adam>(weights, optim::AdamOptions(rate).betas(betas).eps(spec.epsilon),
                                      spec.l2);
    case OptimizerKind::kAdamW:
      return make_groups<optim::AdamW>(weights, optim::AdamWOptions(rate).betas(betas).eps(spec.epsilon),
                                       spec.decay);
    case OptimizerKind::kRmsprop:
      return make_groups<optim::RMSprop>(
          weights, optim::RMSpropOptions(rate).alpha(spec.rho).eps(spec.epsilon).momentum(spec.momentum),
          spec.l2);
    case OptimizerKind::kSgd:
      break;
  }
  return make_groups<optim::SGD>(weights, optim::SGDOptions(rate).momentum(spec.momentum), spec.l2);
}

template <class State>
std::unique_ptr<optim::OptimizerParamState> moments(const TrainedWeight& trained, std::int64_t steps) {
  auto state = std::make_unique<State>();
  state->step(steps);
  state->exp_avg(trained.m);
  state->exp_avg_sq(trained.v);
  return state;
}

/// What torch::optim would make at the first step, on our tensors.
std::unique_ptr<optim::OptimizerParamState> make_state(OptimizerKind kind, const TrainedWeight& trained,
                                                       std::int64_t steps) {
  if (kind == OptimizerKind::kAdam) return moments<optim::AdamParamState>(trained, steps);
  if (kind == OptimizerKind::kAdamW) return moments<optim::AdamWParamState>(trained, steps);
  if (kind == OptimizerKind::kRmsprop) {
    auto state = std::make_unique<optim::RMSpropParamState>();
    state->step(steps);
    state->square_avg(trained.v);
    state->momentum_buffer(trained.m);
    return state;
  }
  auto state = std::make_unique<optim::SGDParamState>();
  state->momentum_buffer(trained.m);
  return state;
}

class TorchUpdate final : public Update {
 public:
  TorchUpdate(const OptimizerSpec& spec, std::vector<TrainedWeight> weights)
      : spec_(spec), weights_(std::move(weights)), optimizer_(make_optimizer(spec, weights_)) {}

  void step(double learning_rate, std::int64_t steps) override {
    if (steps != steps_) continue_from(steps);
    for (auto& group : optimizer_->param_groups()) {
      group.options().set_lr(learning_rate);
      if (spec_.form == UpdateForm::kKeras) set_keras_epsilon(group.options());
    }
    optimizer_->step();
    ++steps_;
  }

 private:
  void continue_from(std::int64_t steps) {
    for (const TrainedWeight& trained : weights_) {
      if (!trained.m.defined() && !trained.v.defined()) continue;
      optimizer_->state()[trained.weight.unsafeGetTensorImpl()] = make_state(spec_.kind, trained, steps);
    }
    steps_ = steps;
  }

  /// Torch divides √v by √(1 − β₂ᵗ) before it adds epsilon, Keras after.
  void set_keras_epsilon(optim::OptimizerOptions& options) const {
    const double correction = std::sqrt(1 - std::pow(spec_.beta2, static_cast<double>(steps_ + 1)));
    if (spec_.kind == OptimizerKind::kAdam) {
      static_cast<optim::AdamOptions&>(options).eps(spec_.epsilon / correction);
    } else {
      static_cast<optim::AdamWOptions&>(options).eps(spec_.epsilon / correction);
    }
  }

  OptimizerSpec spec_;
  std::vector<TrainedWeight> weights_;
  std::unique_ptr<optim::Optimizer> optimizer_;
  std::int64_t steps_ = -1;  ///< none yet: the first step makes the state
};

}  // namespace

std::unique_ptr<Update> make_torch_update(const OptimizerSpec& spec, std::vector<TrainedWeight> weights) {
  return std::make_unique<TorchUpdate>(spec, std::move(weights));
}

}  // namespace rnnbench
