#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

#include "harness/model/dropout_mask.hpp"

namespace rnnbench {

/// Where the dropped elements of one forward pass come from. Those that stay are scaled by 1 / (1 − rate).
class Dropout {
 public:
  static Dropout none() { return {}; }
  /// LibTorch's own: its kernels and the device's generator.
  static Dropout own();
  /// The masks of dropout_mask.hpp; `site` below says which.
  static Dropout shared(const DropoutDraw& draw);

  /// Drops each element of `values` for itself.
  at::Tensor dropped(const at::Tensor& values, double rate, std::uint32_t site) const;

  /// A mask [reviews, features] that is the same at every time step, of the type and on the device of
  /// `like`; undefined where nothing is dropped.
  at::Tensor mask(std::int64_t reviews, std::int64_t features, const at::Tensor& like, double rate,
                  std::uint32_t site) const;

 private:
  bool active(double rate) const { return rate > 0 && (own_ || draw_); }
  at::Tensor shared_mask(at::IntArrayRef shape, const at::Tensor& like, double rate,
                         std::uint32_t site) const;

  bool own_ = false;
  std::optional<DropoutDraw> draw_;
};

/// `values` times `mask`, or as they are where it is undefined.
inline at::Tensor masked(const at::Tensor& values, const at::Tensor& mask) {
  return mask.defined() ? values.mul(mask) : values;
}

}  // namespace rnnbench
