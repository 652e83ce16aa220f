#include "impls/fused/optimizer.hpp"

#include <algorithm>

namespace rnnbench::fused {

Optimizer::Optimizer(const OptimizerSpec& spec, eigen::WeightStore<Real>& weights,
                     eigen::Optimizer<Real>& state, eigen::WeightRange spared, ThreadPool& threads,
                     const Shortcuts& shortcuts)
    : has_kernel_(shortcuts.adam &&
                  (spec.kind == OptimizerKind::kAdam || spec.kind == OptimizerKind::kAdamW)),
      spares_embedding_(spared.begin < spared.end),
      threads_(threads),
      kernels_(kernels()),
      weights_(weights),
      state_(state) {
  const auto& embedding = weights.slots().at("embedding.weight");
  if (!embedding.trainable) return;
  embedding_ = weights.range("embedding.weight");
  if (!has_kernel_ || !shortcuts.idle) return;
  idle_.emplace(embedding_, static_cast<int>(embedding.shape.back()), weights, state, threads);
}

AdamRates Optimizer::rates_at(double learning_rate, double scale) const {
  const auto rates = state_.rates_at(learning_rate, scale);
  return {.scale = rates.scale,
          .l2 = rates.l2,
          .keep = rates.keep,
          .beta1_rest = rates.beta1_rest,
          .square_keep = rates.square_keep,
          .square_rest = rates.square_rest,
          .step = rates.step,
          .root_correction = rates.root_correction,
          .epsilon = rates.epsilon};
}

void Optimizer::move(eigen::WeightRange range, const AdamRates& rates) {
  const eigen::Index count = range.end - range.begin;
  threads_.run(static_cast<int>((count + kMovedAtOnce - 1) / kMovedAtOnce), [&](int piece) {
    const eigen::Index from = range.begin + piece * kMovedAtOnce;
    kernels_.adam(rates, weights_.weights().data() + from, weights_.gradients().data() + from,
                  state_.first().data() + from, state_.second().data() + from,
                  std::min(kMovedAtOnce, range.end - from));
  });
}

void Optimizer::step(double learning_rate, double scale, std::span<const std::int32_t> touched) {
  if (!has_kernel_) return state_.step(weights_.weights(), weights_.gradients(), learning_rate, scale);
  state_.set_steps(state_.steps() + 1);
  const AdamRates rates = rates_at(learning_rate, scale);
  AdamRates of_embedding = rates;
  if (spares_embedding_) {
    of_embedding.l2 = 0;
    of_embedding.keep = 1;
  }
  move({0, embedding_.begin}, rates);
  if (idle_) {
    idle_->step(of_embedding, touched);
  } else {
    move(embedding_, of_embedding);
  }
  move({embedding_.end, weights_.gradients().size()}, rates);
}

void Optimizer::settle(std::span<const std::int32_t> ids) {
  if (idle_) idle_->settle(ids);
}

void Optimizer::settle() {
  if (idle_) idle_->settle();
}

}  // namespace rnnbench::fused
