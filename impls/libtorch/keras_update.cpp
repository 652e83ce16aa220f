#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_addcdiv.h>
#include <ATen/ops/_foreach_addcmul.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_sqrt.h>
#include <ATen/ops/_foreach_sub.h>
#include <c10/core/GradMode.h>

#include <utility>

#include "impls/libtorch/update.hpp"

namespace rnnbench {
namespace {

class KerasUpdate final : public Update {
 public:
  KerasUpdate(const OptimizerSpec& spec, std::vector<TrainedWeight> weights)
      : spec_(spec), trained_(std::move(weights)) {
    for (const TrainedWeight& trained : trained_) {
      weights_.push_back(trained.weight);
      if (trained.m.defined()) m_.push_back(trained.m);
      if (trained.v.defined()) v_.push_back(trained.v);
    }
  }

  void step(double learning_rate, std::int64_t /*steps*/) override {
    const at::NoGradGuard no_grad;
    const std::vector<at::Tensor> gradients = gradients_with_l2();
    if (spec_.kind == OptimizerKind::kRmsprop) {
      rmsprop(gradients, learning_rate);
    } else {
      sgd(gradients, learning_rate);
    }
  }

 private:
  std::vector<at::Tensor> gradients_with_l2() const {
    std::vector<at::Tensor> gradients;
    for (const TrainedWeight& trained : trained_) {
      const at::Tensor& gradient = trained.weight.grad();
      const bool decays = trained.decays && spec_.l2 > 0;
      gradients.push_back(decays ? gradient.add(trained.weight, spec_.l2) : gradient);
    }
    return gradients;
  }

  /// u ← momentum·u − rate·g, θ ← θ + u
  void sgd(const std::vector<at::Tensor>& gradients, double rate) const {
    if (m_.empty()) return at::_foreach_add_(weights_, gradients, -rate);
    at::_foreach_mul_(m_, spec_.momentum);
    at::_foreach_add_(m_, gradients, -rate);
    at::_foreach_add_(weights_, m_);
  }

  /// v ← rho·v + (1 − rho)·g², u ← momentum·u + rate·g/√(v + ε), θ ← θ − u
  void rmsprop(const std::vector<at::Tensor>& gradients, double rate) const {
    at::_foreach_mul_(v_, spec_.rho);
    at::_foreach_addcmul_(v_, gradients, gradients, 1 - spec_.rho);
    std::vector<at::Tensor> roots = at::_foreach_add(v_, spec_.epsilon);
    at::_foreach_sqrt_(roots);
    if (m_.empty()) return at::_foreach_addcdiv_(weights_, gradients, roots, -rate);
    at::_foreach_mul_(m_, spec_.momentum);
    at::_foreach_addcdiv_(m_, gradients, roots, rate);
    at::_foreach_sub_(weights_, m_);
  }

  OptimizerSpec spec_;
  std::vector<TrainedWeight> trained_;
  std::vector<at::Tensor> weights_, m_, v_;
};

}  // namespace

std::unique_ptr<Update> make_keras_update(const OptimizerSpec& spec, std::vector<TrainedWeight> weights) {
  return std::make_unique<KerasUpdate>(spec, std::move(weights));
}

}  // namespace rnnbench
