#pragma once

#include <algorithm>
#include <vector>

#include "harness/data/batch.hpp"
#include "harness/model/model_spec.hpp"
#include "impls/eigen/embedding.hpp"
#include "impls/eigen/recurrent_layer.hpp"

namespace rnnbench::eigen {

/// The slot that `last_valid` takes from a review: the last before the padding at the end; the last of all
/// where padding stands in front; the first where the review has no word.
inline Index last_valid_slot(const Batch& batch, Index review) {
  if (batch.padded_at_front) return batch.time - 1;
  return std::max<Index>(batch.lengths[static_cast<std::size_t>(review)] - 1, 0);
}

/// [time * reviews, units] → [reviews, units]. The steps may come in several pieces. Masked slots don't
/// count in the mean and the maximum; a review that has no other gives zeros.
template <typename Scalar>
class Pool {
 public:
  explicit Pool(Pooling kind) : kind_(kind) {}

  void begin(const Batch& batch, bool masks_padding, Index units) {
    step_ = 0;
    slots_.resize(static_cast<std::size_t>(batch.reviews));
    shares_.resize(batch.reviews);
    for (Index review = 0; review < batch.reviews; ++review) {
      slots_[static_cast<std::size_t>(review)] =
          kind_ == Pooling::kLastValid ? last_valid_slot(batch, review) : batch.time - 1;
      const Index slots = masks_padding ? count_words(batch, review) : batch.time;
      shares_[review] = slots > 0 ? 1 / Scalar(slots) : Scalar(0);
    }
    pooled_.setZero(batch.reviews, units);
    if (kind_ == Pooling::kMax) winners_.setConstant(batch.reviews, units, kNone);
  }

  /// The next steps, [steps * reviews, units].
  void add(ConstView<Scalar> outputs, StepMask masked) {
    const Index batch = pooled_.rows();
    for (Index t = 0; t < outputs.rows() / batch; ++t, ++step_) {
      add_step(step_of(outputs, t, batch),
               masked.empty() ? masked : masked.subspan(static_cast<std::size_t>(t * batch)));
    }
  }

  /// Complete once all steps were added.
  MatrixMap<Scalar> pooled() { return {pooled_.data(), pooled_.rows(), pooled_.cols()}; }

  /// Writes the gradient by the outputs of the steps from `first` on, [steps * reviews, units], from that by
  /// the pooled ones. `masked` is of these steps.
  void backward(Index first, ConstView<Scalar> pooled_gradient, StepMask masked,
                View<Scalar> gradient) const {
    const Index batch = pooled_gradient.rows();
    const Index steps = gradient.rows() / batch;
    const auto is_here = [&](Index step) { return step >= first && step < first + steps; };
    gradient.setZero();
    if (kind_ == Pooling::kMean) {
      for (Index row = 0; row < gradient.rows(); ++row) {
        const Index review = row % batch;
        if (!is_masked(masked, row)) gradient.row(row) = pooled_gradient.row(review) * shares_[review];
      }
      return;
    }
    for (Index review = 0; review < batch; ++review) {
      if (kind_ != Pooling::kMax) {
        if (!is_here(slot(review))) continue;
        gradient.row((slot(review) - first) * batch + review) = pooled_gradient.row(review);
        continue;
      }
      for (Index unit = 0; unit < gradient.cols(); ++unit) {
        const Index winner = winners_(review, unit);
        if (!is_here(winner)) continue;
        gradient((winner - first) * batch + review, unit) = pooled_gradient(review, unit);
      }
    }
  }

 private:
  static constexpr Index kNone = -1;

  static Index count_words(const Batch& batch, Index review) {
    Index words = 0;
    for (Index t = 0; t < batch.time; ++t) words += is_padding(batch, review, t) ? 0 : 1;
    return words;
  }

  static bool is_masked(StepMask masked, Index slot) {
    return !masked.empty() && masked[static_cast<std::size_t>(slot)] != 0;
  }

  Index slot(Index review) const { return slots_[static_cast<std::size_t>(review)]; }

  /// `masked` begins with this step's reviews.
  void add_step(ConstView<Scalar> outputs, StepMask masked) {
    for (Index review = 0; review < pooled_.rows(); ++review) {
      switch (kind_) {
        case Pooling::kMean:
          if (!is_masked(masked, review)) pooled_.row(review) += outputs.row(review) * shares_[review];
          break;
        case Pooling::kMax:
          if (!is_masked(masked, review)) raise(outputs, review);
          break;
        case Pooling::kLast:
        case Pooling::kLastValid:
          if (slot(review) == step_) pooled_.row(review) = outputs.row(review);
          break;
      }
    }
  }

  /// The first of equal values wins; a NaN wins and stays.
  void raise(ConstView<Scalar> outputs, Index review) {
    for (Index unit = 0; unit < pooled_.cols(); ++unit) {
      const Scalar value = outputs(review, unit);
      Scalar& most = pooled_(review, unit);
      if (winners_(review, unit) != kNone && !(value > most) && value == value) continue;
      most = value;
      winners_(review, unit) = step_;
    }
  }

  Pooling kind_;
  Index step_ = 0;
  std::vector<Index> slots_;                        // [reviews], of last and last_valid
  Eigen::Array<Scalar, Eigen::Dynamic, 1> shares_;  // [reviews], 1 / slots that count
  Matrix<Scalar> pooled_;                           // [reviews, units]
  Matrix<Index> winners_;                           // [reviews, units], the step of the maximum
};

}  // namespace rnnbench::eigen
