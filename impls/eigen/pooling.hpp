#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "harness/data/batch.hpp"
#include "harness/model/model_spec.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// The slot that `last_valid` takes from a review: the last before the padding at the end; the last of all
/// where padding stands in front; the first where the review has no word.
inline Index last_valid_slot(const Batch& batch, Index review) {
  if (batch.padded_at_front) return batch.time - 1;
  return std::max<Index>(batch.lengths[static_cast<std::size_t>(review)] - 1, 0);
}

/// [time * reviews, units] → [reviews, units]. The steps may come in several pieces.
template <typename Scalar>
class Pool {
 public:
  explicit Pool(Pooling kind) : kind_(kind) {}

  void begin(const Batch& batch, Index units) {
    step_ = 0;
    time_ = batch.time;
    slots_.resize(static_cast<std::size_t>(batch.reviews));
    for (Index review = 0; review < batch.reviews; ++review) {
      slots_[static_cast<std::size_t>(review)] =
          kind_ == Pooling::kLastValid ? last_valid_slot(batch, review) : time_ - 1;
    }
    const bool max = kind_ == Pooling::kMax;
    pooled_.setConstant(batch.reviews, units, max ? -std::numeric_limits<Scalar>::infinity() : Scalar(0));
    if (max) winners_.setZero(batch.reviews, units);
  }

  /// The next steps, [steps * reviews, units].
  void add(ConstView<Scalar> outputs) {
    const Index batch = pooled_.rows();
    for (Index t = 0; t < outputs.rows() / batch; ++t, ++step_) add_step(step_of(outputs, t, batch));
  }

  /// Complete once all steps were added.
  MatrixMap<Scalar> pooled() { return {pooled_.data(), pooled_.rows(), pooled_.cols()}; }

  /// Writes the gradient by each output, [time * reviews, units], from that by the pooled ones.
  void backward(ConstView<Scalar> pooled_gradient, View<Scalar> gradient) const {
    const Index batch = pooled_gradient.rows();
    if (kind_ == Pooling::kMean) {
      for (Index t = 0; t < time_; ++t) step_of(gradient, t, batch) = pooled_gradient / Scalar(time_);
      return;
    }
    gradient.setZero();
    for (Index review = 0; review < batch; ++review) {
      if (kind_ != Pooling::kMax) {
        gradient.row(slot(review) * batch + review) = pooled_gradient.row(review);
        continue;
      }
      for (Index unit = 0; unit < gradient.cols(); ++unit) {
        gradient(winners_(review, unit) * batch + review, unit) = pooled_gradient(review, unit);
      }
    }
  }

 private:
  Index slot(Index review) const { return slots_[static_cast<std::size_t>(review)]; }

  void add_step(ConstView<Scalar> outputs) {
    switch (kind_) {
      case Pooling::kMean:
        pooled_ += outputs / Scalar(time_);
        break;
      case Pooling::kMax:
        // The first of equal values wins; a NaN wins and stays.
        for (Index i = 0; i < pooled_.size(); ++i) {
          const Scalar value = outputs(i / pooled_.cols(), i % pooled_.cols());
          if (!(value > pooled_.data()[i]) && value == value) continue;
          pooled_.data()[i] = value;
          winners_.data()[i] = step_;
        }
        break;
      case Pooling::kLast:
      case Pooling::kLastValid:
        for (Index review = 0; review < pooled_.rows(); ++review) {
          if (slot(review) == step_) pooled_.row(review) = outputs.row(review);
        }
        break;
    }
  }

  Pooling kind_;
  Index step_ = 0;
  Index time_ = 0;
  std::vector<Index> slots_;  // [reviews], of last and last_valid
  Matrix<Scalar> pooled_;     // [reviews, units]
  Matrix<Index> winners_;     // [reviews, units], the step of the maximum
};

}  // namespace rnnbench::eigen
