#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "harness/model/training_spec.hpp"
#include "impls/eigen/weight_store.hpp"

namespace rnnbench::eigen {

/// Moves all weights once a batch, in one pass over memory, by the formulas of OptimizerSpec.
template <typename Scalar>
class Optimizer {
 public:
  using Flat = Eigen::Array<Scalar, Eigen::Dynamic, 1>;

  /// `spared`: the weights that l2 and decay don't act on.
  Optimizer(const OptimizerSpec& spec, Index weights, WeightRange spared = {})
      : spec_(spec),
        spared_(spared),
        first_(Flat::Zero(uses_first() ? weights : 0)),
        second_(Flat::Zero(uses_second() ? weights : 0)) {}

  /// `gradients` are multiplied by `scale` (of clipping) before anything else. `weights` may be longer:
  /// what has no gradient stays.
  void step(Flat& weights, const Flat& gradients, double learning_rate, double scale) {
    ++steps_;
    const Rates rates = rates_at(learning_rate, scale);
    Rates spared = rates;
    spared.l2 = 0;
    spared.keep = 1;
    move({0, spared_.begin}, weights, gradients, rates);
    move(spared_, weights, gradients, spared);
    move({spared_.end, gradients.size()}, weights, gradients, rates);
  }

  /// Factors of the formulas, as they are rounded.
  struct Rates {
    Scalar scale, l2, keep, beta1_rest, square_keep, square_rest, rate, step, root_correction, epsilon,
        momentum;
  };

  /// Of the step that steps() counts last. 1 − β is rounded once: in single precision 1 − 0.999 would be off
  /// by 10⁻⁵ of itself.
  Rates rates_at(double learning_rate, double scale) const {
    const auto t = static_cast<double>(steps_);
    const double square_keep = is_adam() ? spec_.beta2 : spec_.rho;
    const double mean_correction = 1 - std::pow(spec_.beta1, t);
    const double root_correction = std::sqrt(1 - std::pow(spec_.beta2, t));
    Rates rates;
    rates.scale = Scalar(scale);
    rates.l2 = Scalar(spec_.l2);
    rates.keep = Scalar(1 - learning_rate * spec_.decay);
    rates.beta1_rest = Scalar(1 - spec_.beta1);
    rates.square_keep = Scalar(square_keep);
    rates.square_rest = Scalar(1 - square_keep);
    rates.rate = Scalar(learning_rate);
    rates.step = Scalar(learning_rate / mean_correction * (is_keras() ? root_correction : 1));
    rates.root_correction = Scalar(is_keras() ? 1 : root_correction);
    rates.epsilon = Scalar(spec_.epsilon);
    rates.momentum = Scalar(spec_.momentum);
    return rates;
  }

  /// Steps taken so far.
  std::int64_t steps() const { return steps_; }
  void set_steps(std::int64_t steps) { steps_ = steps; }

  bool uses_first() const { return is_adam() || spec_.momentum != 0; }
  bool uses_second() const { return spec_.kind != OptimizerKind::kSgd; }
  /// Adam's m or the u of momentum, in the order of the gradients; empty where not used.
  Flat& first() { return first_; }
  const Flat& first() const { return first_; }
  /// The v of Adam and RMSprop; empty where not used.
  Flat& second() { return second_; }
  const Flat& second() const { return second_; }

 private:
  // Elements that go through all operations while they are in the first-level cache.
  static constexpr Index kPiece = 1024;
  using Piece = Eigen::Array<Scalar, Eigen::Dynamic, 1, 0, kPiece, 1>;

  bool is_adam() const { return spec_.kind == OptimizerKind::kAdam || spec_.kind == OptimizerKind::kAdamW; }
  bool is_keras() const { return spec_.form == UpdateForm::kKeras; }

  void move(WeightRange range, Flat& weights, const Flat& gradients, const Rates& rates) {
    for (Index begin = range.begin; begin < range.end; begin += kPiece) {
      const Index count = std::min(kPiece, range.end - begin);
      auto weight = weights.segment(begin, count);
      Piece gradient = gradients.segment(begin, count) * rates.scale;
      if (rates.l2 != 0) gradient += rates.l2 * weight;
      if (rates.keep != 1) weight *= rates.keep;
      if (is_adam()) {
        adam(begin, count, weight, gradient, rates);
      } else if (uses_second()) {
        rmsprop(begin, count, weight, gradient, rates);
      } else {
        add_momentum(begin, count, weight, gradient, rates);
      }
    }
  }

  template <typename Segment>
  void adam(Index begin, Index count, Segment& weight, const Piece& gradient, const Rates& rates) {
    auto mean = first_.segment(begin, count);
    auto square = second_.segment(begin, count);
    mean += rates.beta1_rest * (gradient - mean);
    square = rates.square_keep * square + rates.square_rest * gradient.square();
    weight -= rates.step * mean / (square.sqrt() / rates.root_correction + rates.epsilon);
  }

  template <typename Segment>
  void rmsprop(Index begin, Index count, Segment& weight, Piece& gradient, const Rates& rates) {
    auto square = second_.segment(begin, count);
    square = rates.square_keep * square + rates.square_rest * gradient.square();
    if (is_keras()) {
      gradient /= (square + rates.epsilon).sqrt();
    } else {
      gradient /= square.sqrt() + rates.epsilon;
    }
    add_momentum(begin, count, weight, gradient, rates);
  }

  /// Moves against `gradient`, through the momentum where there is one. Keras' has the rate in it, with
  /// the sign of what is added for sgd and of what is taken away for rmsprop.
  template <typename Segment>
  void add_momentum(Index begin, Index count, Segment& weight, const Piece& gradient, const Rates& rates) {
    if (!uses_first()) {
      weight -= rates.rate * gradient;
      return;
    }
    auto momentum = first_.segment(begin, count);
    if (!is_keras()) {
      momentum = rates.momentum * momentum + gradient;
      weight -= rates.rate * momentum;
    } else if (uses_second()) {
      momentum = rates.momentum * momentum + rates.rate * gradient;
      weight -= momentum;
    } else {
      momentum = rates.momentum * momentum - rates.rate * gradient;
      weight += momentum;
    }
  }

  OptimizerSpec spec_;
  WeightRange spared_;
  std::int64_t steps_ = 0;
  Flat first_;
  Flat second_;
};

}  // namespace rnnbench::eigen
