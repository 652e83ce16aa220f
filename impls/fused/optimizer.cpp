#include "impls/fused/optimizer.hpp"

#include <algorithm>
#include <cmath>

namespace rnnbench::fused {
namespace {

constexpr eigen::Index kPiece = 1 << 15;  // elements a thread takes at a time

}  // namespace

Optimizer::Optimizer(const OptimizerSpec& spec, eigen::Index weights, eigen::WeightRange spared,
                     ThreadPool& threads)
    : spec_(spec), spared_(spared), threads_(threads), kernels_(kernels()), state_(spec, weights, spared) {}

AdamRates Optimizer::rates_at(double learning_rate, double scale) const {
  const auto t = static_cast<double>(state_.steps());
  const bool keras = spec_.form == UpdateForm::kKeras;
  const double mean_correction = 1 - std::pow(spec_.beta1, t);
  const double root_correction = std::sqrt(1 - std::pow(spec_.beta2, t));
  return {.scale = static_cast<Real>(scale),
          .l2 = static_cast<Real>(spec_.l2),
          .keep = static_cast<Real>(1 - learning_rate * spec_.decay),
          .beta1_rest = static_cast<Real>(1 - spec_.beta1),
          .square_keep = static_cast<Real>(spec_.beta2),
          .square_rest = static_cast<Real>(1 - spec_.beta2),
          .step = static_cast<Real>(learning_rate / mean_correction * (keras ? root_correction : 1)),
          .root_correction = static_cast<Real>(keras ? 1 : root_correction),
          .epsilon = static_cast<Real>(spec_.epsilon)};
}

void Optimizer::step(eigen::WeightStore<Real>& weights, double learning_rate, double scale) {
  if (spec_.kind != OptimizerKind::kAdam && spec_.kind != OptimizerKind::kAdamW) {
    return state_.step(weights.weights(), weights.gradients(), learning_rate, scale);
  }
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
