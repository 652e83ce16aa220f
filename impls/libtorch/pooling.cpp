#include "impls/libtorch/pooling.hpp"

#include <ATen/ops/where.h>

#include <limits>

namespace rnnbench {
namespace {

at::Tensor mean(const at::Tensor& outputs, const at::Tensor& words) {
  if (!words.defined()) return outputs.mean(0);
  return outputs.mul(words).sum(0).div(words.sum(0).clamp_min(1));
}

/// Of equal ones the first gets the gradient.
at::Tensor maximum_over_time(const at::Tensor& outputs) { return std::get<0>(outputs.max(0)); }

at::Tensor maximum_over_time(const at::Tensor& outputs, const at::Tensor& words) {
  if (!words.defined()) return maximum_over_time(outputs);
  constexpr double kLeast = -std::numeric_limits<double>::infinity();
  return at::where(words.any(0), maximum_over_time(outputs.masked_fill(words.logical_not(), kLeast)), 0);
}

at::Tensor at_slots(const at::Tensor& outputs, const at::Tensor& slots) {
  return outputs.gather(0, slots.view({1, -1, 1}).expand({1, -1, outputs.size(2)})).squeeze(0);
}

}  // namespace

at::Tensor pooled(Pooling pooling, const at::Tensor& outputs, const at::Tensor& last,
                  const at::Tensor& words) {
  switch (pooling) {
    case Pooling::kMean:
      return mean(outputs, words);
    case Pooling::kMax:
      return maximum_over_time(outputs, words);
    case Pooling::kLastValid:
      return at_slots(outputs, last);
    case Pooling::kLast:
      break;
  }
  return outputs.select(0, -1);
}

}  // namespace rnnbench
