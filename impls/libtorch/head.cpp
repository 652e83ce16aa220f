#include "impls/libtorch/head.hpp"

#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/cross_entropy_loss.h>

namespace rnnbench {
namespace {

/// Logit of the positive class against the negative one.
at::Tensor log_odds(Head head, const at::Tensor& logits) {
  return head == Head::kSigmoid ? logits.select(1, 0) : logits.select(1, 1).sub(logits.select(1, 0));
}

}  // namespace

at::Tensor mean_cross_entropy(Head head, const at::Tensor& logits, const at::Tensor& labels) {
  if (head == Head::kSoftmax) return at::cross_entropy_loss(logits, labels);
  return at::binary_cross_entropy_with_logits(logits.select(1, 0), labels.to(logits.dtype()));
}

at::Tensor correct_reviews(Head head, const at::Tensor& logits, const at::Tensor& labels) {
  return log_odds(head, logits).gt(0).eq(labels).sum();
}

at::Tensor positive_probability(Head head, const at::Tensor& logits) {
  return head == Head::kSoftmax ? logits.softmax(1).select(1, 1) : log_odds(head, logits).sigmoid();
}

}  // namespace rnnbench
