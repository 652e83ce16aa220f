#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "harness/model/training_spec.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// Moves all weights once a batch, in one pass over memory. PyTorch's forms of the methods.
template <typename Scalar>
class Optimizer {
 public:
  using Flat = Eigen::Array<Scalar, Eigen::Dynamic, 1>;

  Optimizer(const OptimizerSpec& spec, Index weights)
      : spec_(spec),
        first_(Flat::Zero(uses_first() ? weights : 0)),
        second_(Flat::Zero(uses_second() ? weights : 0)) {}

  /// `gradients` are multiplied by `scale` (of clipping) before anything else. `weights` may be longer:
  /// what has no gradient stays.
  void step(Flat& weights, const Flat& gradients, double learning_rate, double scale) {
    ++steps_;
    const Rates rates = rates_at(learning_rate, scale);
    for (Index begin = 0; begin < gradients.size(); begin += kPiece) {
      move_piece(begin, std::min(kPiece, gradients.size() - begin), weights, gradients, rates);
    }
  }

  /// Steps taken so far.
  std::int64_t steps() const { return steps_; }
  void set_steps(std::int64_t steps) { steps_ = steps; }

  bool uses_first() const { return spec_.kind != OptimizerKind::kSgd || spec_.momentum != 0; }
  bool uses_second() const { return spec_.kind != OptimizerKind::kSgd; }
  /// Adam's first moment or SGD's momentum, in the order of the gradients; empty where not used.
  Flat& first() { return first_; }
  const Flat& first() const { return first_; }
  /// Adam's second moment; empty where not used.
  Flat& second() { return second_; }
  const Flat& second() const { return second_; }

 private:
  // Elements that go through all operations while they are in the first-level cache.
  static constexpr Index kPiece = 1024;
  using Piece = Eigen::Array<Scalar, Eigen::Dynamic, 1, 0, kPiece, 1>;

  struct Rates {
    Scalar scale, l2, keep, beta1_rest, beta2, beta2_rest, step, root_correction, epsilon, momentum;
  };

  Rates rates_at(double learning_rate, double scale) const {
    const auto t = static_cast<double>(steps_);
    const bool adam = uses_second();
    Rates rates;
    rates.scale = Scalar(scale);
    rates.l2 = Scalar(spec_.l2);
    rates.keep = Scalar(1 - learning_rate * spec_.decay);
    // 1 − β is rounded once: in single precision 1 − 0.999 would be off by 10⁻⁵ of itself.
    rates.beta1_rest = Scalar(1 - spec_.beta1);
    rates.beta2 = Scalar(spec_.beta2);
    rates.beta2_rest = Scalar(1 - spec_.beta2);
    rates.step = Scalar(adam ? learning_rate / (1 - std::pow(spec_.beta1, t)) : learning_rate);
    rates.root_correction = Scalar(std::sqrt(1 - std::pow(spec_.beta2, t)));
    rates.epsilon = Scalar(spec_.epsilon);
    rates.momentum = Scalar(spec_.momentum);
    return rates;
  }

  void move_piece(Index begin, Index count, Flat& weights, const Flat& gradients, const Rates& rates) {
    auto weight = weights.segment(begin, count);
    Piece gradient = gradients.segment(begin, count) * rates.scale;
    if (spec_.l2 != 0) gradient += rates.l2 * weight;
    if (!uses_second()) return sgd(begin, count, weight, gradient, rates);
    if (spec_.decay != 0) weight *= rates.keep;
    adam(begin, count, weight, gradient, rates);
  }

  /// v ← momentum·v + g,  θ ← θ − rate·v
  template <typename Segment>
  void sgd(Index begin, Index count, Segment& weight, const Piece& gradient, const Rates& rates) {
    if (!uses_first()) {
      weight -= rates.step * gradient;
      return;
    }
    auto velocity = first_.segment(begin, count);
    velocity = rates.momentum * velocity + gradient;
    weight -= rates.step * velocity;
  }

  /// Kingma and Ba 2015, Algorithm 1; AdamW (Loshchilov and Hutter 2019) has shrunk θ before:
  /// m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,  θ ← θ − rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
  template <typename Segment>
  void adam(Index begin, Index count, Segment& weight, const Piece& gradient, const Rates& rates) {
    auto mean = first_.segment(begin, count);
    auto square = second_.segment(begin, count);
    mean += rates.beta1_rest * (gradient - mean);
    square = rates.beta2 * square + rates.beta2_rest * gradient.square();
    weight -= rates.step * mean / (square.sqrt() / rates.root_correction + rates.epsilon);
  }

  OptimizerSpec spec_;
  std::int64_t steps_ = 0;
  Flat first_;
  Flat second_;
};

}  // namespace rnnbench::eigen
