#include "impls/libtorch/dropout.hpp"

#include <ATen/ops/dropout.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>

namespace rnnbench {
namespace {

template <typename Scalar>
void fill(const at::Tensor& mask, double rate, std::uint32_t site, const DropoutDraw& draw) {
  const auto count = static_cast<std::size_t>(mask.numel());
  fill_dropout_mask(rate, site, draw, std::span(mask.mutable_data_ptr<Scalar>(), count));
}

}  // namespace

Dropout Dropout::own() {
  Dropout dropout;
  dropout.own_ = true;
  return dropout;
}

Dropout Dropout::shared(const DropoutDraw& draw) {
  Dropout dropout;
  dropout.draw_ = draw;
  return dropout;
}

at::Tensor Dropout::shared_mask(at::IntArrayRef shape, const at::Tensor& like, double rate,
                                std::uint32_t site) const {
  const at::Tensor mask = at::empty(shape, like.scalar_type());
  if (like.scalar_type() == at::kDouble) {
    fill<double>(mask, rate, site, *draw_);
  } else {
    fill<float>(mask, rate, site, *draw_);
  }
  return mask.to(like.device());
}

at::Tensor Dropout::dropped(const at::Tensor& values, double rate, std::uint32_t site) const {
  if (!active(rate)) return values;
  return own_ ? at::dropout(values, rate, /*train=*/true)
              : values.mul(shared_mask(values.sizes(), values, rate, site));
}

at::Tensor Dropout::mask(std::int64_t reviews, std::int64_t features, const at::Tensor& like, double rate,
                         std::uint32_t site) const {
  if (!active(rate)) return {};
  return own_ ? at::dropout(at::ones({reviews, features}, like.options()), rate, /*train=*/true)
              : shared_mask({reviews, features}, like, rate, site);
}

}  // namespace rnnbench
