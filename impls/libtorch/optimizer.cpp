#include "impls/libtorch/optimizer.hpp"

#include <ATen/ops/empty_like.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/sgd.h>

#include <cmath>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rnnbench {
namespace {

namespace optim = torch::optim;

const std::string kStep = "optimizer.step";
const std::string kFirst = "optimizer.m/";
const std::string kSecond = "optimizer.v/";

std::vector<at::Tensor> values_of(const NamedTensors& weights) {
  std::vector<at::Tensor> values;
  for (const auto& [name, weight] : weights) values.push_back(weight);
  return values;
}

std::unique_ptr<optim::Optimizer> make_optimizer(const OptimizerSpec& spec,
                                                 const std::vector<at::Tensor>& weights) {
  const auto betas = std::make_tuple(spec.beta1, spec.beta2);
  switch (spec.kind) {
    case OptimizerKind::kAdam:
      return std::make_unique<optim::Adam>(
          weights,
          optim::AdamOptions(spec.learning_rate).betas(betas).eps(spec.epsilon).weight_decay(spec.l2));
    case OptimizerKind::kAdamW:
      return std::make_unique<optim::AdamW>(
          weights,
          optim::AdamWOptions(spec.learning_rate).betas(betas).eps(spec.epsilon).weight_decay(spec.decay));
    case OptimizerKind::kRmsprop:
    case OptimizerKind::kSgd:
      break;
  }
  return std::make_unique<optim::SGD>(
      weights, optim::SGDOptions(spec.learning_rate).momentum(spec.momentum).weight_decay(spec.l2));
}

bool has_first(const OptimizerSpec& spec) { return spec.kind != OptimizerKind::kSgd || spec.momentum != 0; }
bool has_second(const OptimizerSpec& spec) { return spec.kind != OptimizerKind::kSgd; }

/// Calls `visit(name, tensor)` for each state tensor of `weight`.
template <class State, class Visit>
void visit_moments(State& state, const std::string& weight, Visit visit) {
  visit(kFirst + weight, state.exp_avg());
  visit(kSecond + weight, state.exp_avg_sq());
}

template <class Visit>
void visit_state(OptimizerKind kind, optim::OptimizerParamState& state, const std::string& weight,
                 Visit visit) {
  if (kind == OptimizerKind::kAdam) {
    visit_moments(static_cast<optim::AdamParamState&>(state), weight, visit);
  } else if (kind == OptimizerKind::kAdamW) {
    visit_moments(static_cast<optim::AdamWParamState&>(state), weight, visit);
  } else {
    visit(kFirst + weight, static_cast<optim::SGDParamState&>(state).momentum_buffer());
  }
}

template <class State>
std::unique_ptr<optim::OptimizerParamState> blank_moments(const at::Tensor& weight, std::int64_t steps) {
  auto state = std::make_unique<State>();
  state->step(steps);
  state->exp_avg(at::empty_like(weight));
  state->exp_avg_sq(at::empty_like(weight));
  return state;
}

std::unique_ptr<optim::OptimizerParamState> blank_state(OptimizerKind kind, const at::Tensor& weight,
                                                        std::int64_t steps) {
  if (kind == OptimizerKind::kAdam) return blank_moments<optim::AdamParamState>(weight, steps);
  if (kind == OptimizerKind::kAdamW) return blank_moments<optim::AdamWParamState>(weight, steps);
  auto state = std::make_unique<optim::SGDParamState>();
  state->momentum_buffer(at::empty_like(weight));
  return state;
}

}  // namespace

Optimizer::Optimizer(const OptimizerSpec& spec, NamedTensors weights)
    : spec_(spec), weights_(std::move(weights)), optimizer_(make_optimizer(spec, values_of(weights_))) {}

Optimizer::~Optimizer() = default;

void Optimizer::clear_gradients() { optimizer_->zero_grad(); }

void Optimizer::step(double learning_rate) {
  for (auto& group : optimizer_->param_groups()) group.options().set_lr(learning_rate);
  optimizer_->step();
  ++steps_;
}

void Optimizer::add_state_to(Parameters& state) const {
  if (steps_ == 0) return;
  state[kStep] = {{1}, {static_cast<double>(steps_)}};
  if (!has_first(spec_)) return;
  for (const auto& [name, weight] : weights_) {
    optim::OptimizerParamState& slots = *optimizer_->state().at(weight.unsafeGetTensorImpl());
    visit_state(spec_.kind, slots, name,
                [&](const std::string& slot, const at::Tensor& values) { state[slot] = to_host(values); });
  }
}

std::map<std::string, std::vector<std::int64_t>> Optimizer::state_shapes() const {
  std::map<std::string, std::vector<std::int64_t>> shapes{{kStep, {1}}};
  for (const auto& [name, weight] : weights_) {
    if (has_first(spec_)) shapes[kFirst + name] = weight.sizes().vec();
    if (has_second(spec_)) shapes[kSecond + name] = weight.sizes().vec();
  }
  return shapes;
}

void Optimizer::take_state(const Parameters& state) {
  optimizer_->state().clear();
  steps_ = state.contains(kStep) ? std::llround(state.at(kStep).values[0]) : 0;
  if (steps_ == 0 || !has_first(spec_)) return;
  for (const auto& [name, weight] : weights_) {
    auto slots = blank_state(spec_.kind, weight.detach(), steps_);
    visit_state(spec_.kind, *slots, name, [&](const std::string& slot, const at::Tensor& values) {
      copy_from_host(state.at(slot), values);
    });
    optimizer_->state()[weight.unsafeGetTensorImpl()] = std::move(slots);
  }
}

}  // namespace rnnbench
