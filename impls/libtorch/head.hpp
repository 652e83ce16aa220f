#pragma once

#include <ATen/core/Tensor.h>

#include "harness/model/model_spec.hpp"

namespace rnnbench {

/// What a head makes of its logits [reviews, 1 or 2] and labels [reviews]; scalars stay on the device.
at::Tensor mean_cross_entropy(Head head, const at::Tensor& logits, const at::Tensor& labels);
at::Tensor correct_reviews(Head head, const at::Tensor& logits, const at::Tensor& labels);
/// Probability of the positive class, [reviews].
at::Tensor positive_probability(Head head, const at::Tensor& logits);

}  // namespace rnnbench
