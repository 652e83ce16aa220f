#pragma once

#include <ATen/core/Tensor.h>

#include "harness/model/model_spec.hpp"

namespace rnnbench {

/// From `outputs` [time, reviews, features] to [reviews, features]. `last` int64 [reviews] is the last
/// slot within each review's length. The mean and the maximum are over the steps where `words`, bool
/// [time, reviews, 1], is true, and zeros where there is none; over all steps where it is undefined.
at::Tensor pooled(Pooling pooling, const at::Tensor& outputs, const at::Tensor& last,
                  const at::Tensor& words);

}  // namespace rnnbench
