#include "impls/fused/optimizer.hpp"

#include <algorithm>

namespace rnnbench::fused {
namespace {

constexpr eigen::Index kPiece = 1 << 15;  // elements a thread takes at a time

}  // namespace

Optimizer::Optimizer(const OptimizerSpec& spec, eigen::Optimizer<Real>& state, eigen::WeightRange spared,
                     ThreadPool& threads, bool one_pass)
    : has_kernel_(one_pass && (spec.kind == OptimizerKind::kAdam || spec.kind == OptimizerKind::kAdamW)),
      spared_(spared),
      threads_(threads),
      kernels_(kernels()),
      state_(state) {}

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

void Optimizer::step(eigen::WeightStore<Real>& weights, double learning_rate, double scale) {
  if (!has_kernel_) return state_.step(weights.weights(), weights.gradients(), learning_rate, scale);
  state_.set_steps(state_.steps() + 1);
  const AdamRates rates = rates_at(learning_rate, scale);
  AdamRates spared = rates;
  spared.l2 = 0;
  spared.keep = 1;
  const eigen::Index count = weights.gradients().size();
  threads_.run(static_cast<int>((count + kPiece - 1) / kPiece), [&](int piece) {
    const eigen::Index begin = piece * kPiece, end = std::min(begin + kPiece, count);
    const auto move = [&](eigen::Index from, eigen::Index to, const AdamRates& by) {
      from = std::max(from, begin);
      to = std::min(to, end);
      if (from >= to) return;
      kernels_.adam(by, weights.weights().data() + from, weights.gradients().data() + from,
                    state_.first().data() + from, state_.second().data() + from, to - from);
    };
    move(0, spared_.begin, rates);
    move(spared_.begin, spared_.end, spared);
    move(spared_.end, count, rates);
  });
}

}  // namespace rnnbench::fused
