#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "harness/model/model_spec.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

struct BatchLoss {
  double mean = 0;  ///< cross-entropy, in nats
  std::int64_t correct = 0;
};

/// Probability of the positive class from a review's logits: softmax of two, or the logistic function of
/// one. Neither overflows.
template <typename Scalar>
Scalar positive_probability(Head head, ConstView<Scalar> logits, Index review) {
  const Scalar margin = head == Head::kSoftmax ? logits(review, 1) - logits(review, 0) : logits(review, 0);
  const Scalar small = std::exp(-std::abs(margin));
  return margin >= 0 ? 1 / (1 + small) : small / (1 + small);
}

/// Cross-entropy from logits, by its stable form: with s the logit of the label's class less the other's
/// (a single logit stands against 0), a review's loss is log(1 + e^−s) = max(−s, 0) + log(1 + e^−|s|).
/// Replaces the logits [batch, 1 or 2] by the gradient of the mean loss, (p − y) / batch.
template <typename Scalar>
BatchLoss loss_and_gradient(Head head, std::span<const std::uint8_t> labels, View<Scalar> logits) {
  BatchLoss loss;
  const auto batch = static_cast<Scalar>(logits.rows());
  for (Index review = 0; review < logits.rows(); ++review) {
    const bool positive = labels[static_cast<std::size_t>(review)] != 0;
    const Scalar margin = head == Head::kSoftmax ? logits(review, 1) - logits(review, 0) : logits(review, 0);
    const Scalar towards_label = positive ? margin : -margin;
    loss.mean += static_cast<double>(std::max(-towards_label, Scalar(0)) +
                                     std::log1p(std::exp(-std::abs(towards_label))));
    loss.correct += (margin > 0) == positive ? 1 : 0;
    const Scalar error = positive_probability<Scalar>(head, logits, review) - (positive ? 1 : 0);
    logits(review, logits.cols() - 1) = error / batch;
    if (head == Head::kSoftmax) logits(review, 0) = -error / batch;
  }
  loss.mean /= static_cast<double>(logits.rows());
  return loss;
}

}  // namespace rnnbench::eigen
