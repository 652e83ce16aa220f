#include "impls/libtorch/optimizer.hpp"

#include <ATen/ops/zeros_like.h>

#include <cmath>
#include <utility>

namespace rnnbench {
namespace {

const std::string kStep = "optimizer.step";

bool is_adam(OptimizerKind kind) { return kind == OptimizerKind::kAdam || kind == OptimizerKind::kAdamW; }
bool has_first(const OptimizerSpec& spec) { return is_adam(spec.kind) || spec.momentum != 0; }
bool has_second(const OptimizerSpec& spec) { return spec.kind != OptimizerKind::kSgd; }

std::unique_ptr<Update> make_update(const OptimizerSpec& spec, std::vector<TrainedWeight> weights) {
  return spec.form == UpdateForm::kKeras && !is_adam(spec.kind) ? make_keras_update(spec, std::move(weights))
                                                                : make_torch_update(spec, std::move(weights));
}

}  // namespace

Optimizer::Optimizer(const OptimizerSpec& spec, const NamedTensors& weights, bool embedding_decays)
    : weights_(weights) {
  std::vector<TrainedWeight> trained;
  for (const auto& [name, weight] : weights) {
    const auto slot = [&, &weight = weight](const std::string& slot_name) {
      return slots_[slot_name] = at::zeros_like(weight);
    };
    trained.push_back({weight, embedding_decays || name != "embedding.weight",
                       has_first(spec) ? slot("optimizer.m/" + name) : at::Tensor(),
                       has_second(spec) ? slot("optimizer.v/" + name) : at::Tensor()});
  }
  update_ = make_update(spec, std::move(trained));
}

void Optimizer::clear_gradients() {
  for (const auto& [name, weight] : weights_) weight.mutable_grad().reset();
}

void Optimizer::step(double learning_rate) {
  update_->step(learning_rate, steps_);
  ++steps_;
}

void Optimizer::add_state_to(Parameters& state) const {
  if (steps_ == 0) return;
  state[kStep] = {{1}, {static_cast<double>(steps_)}};
  for (const auto& [name, values] : slots_) state[name] = to_host(values);
}

std::map<std::string, std::vector<std::int64_t>> Optimizer::state_shapes() const {
  std::map<std::string, std::vector<std::int64_t>> shapes{{kStep, {1}}};
  for (const auto& [name, values] : slots_) shapes[name] = values.sizes().vec();
  return shapes;
}

void Optimizer::take_state(const Parameters& state) {
  steps_ = state.contains(kStep) ? std::llround(state.at(kStep).values[0]) : 0;
  for (auto& [name, values] : slots_) {
    if (steps_ == 0) {
      values.zero_();
    } else {
      copy_from_host(state.at(name), values);
    }
  }
}

}  // namespace rnnbench
