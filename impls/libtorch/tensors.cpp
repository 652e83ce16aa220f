#include "impls/libtorch/tensors.hpp"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace rnnbench {
namespace {

at::Tensor last_slots(const Batch& batch) {
  at::Tensor last = at::empty({batch.reviews}, at::kLong);
  std::int64_t* slots = last.mutable_data_ptr<std::int64_t>();
  std::transform(batch.lengths.begin(), batch.lengths.end(), slots, [&](std::int32_t length) {
    return batch.padded_at_front ? batch.time - 1 : std::max(length, 1) - 1;
  });
  return last;
}

}  // namespace

at::Tensor moved(at::Tensor host, at::Device device) {
  return device.is_cpu() ? host : host.pin_memory().to(device, /*non_blocking=*/true);
}

Tensor to_host(const at::Tensor& tensor) {
  const at::Tensor host = tensor.detach().to(at::kCPU, at::kDouble).contiguous();
  const double* values = host.const_data_ptr<double>();
  return {host.sizes().vec(), {values, values + host.numel()}};
}

void copy_from_host(const Tensor& source, at::Tensor target) {
  const at::NoGradGuard no_grad;
  // from_blob takes no const; the values are only read.
  double* values = const_cast<double*>(source.values.data());
  target.copy_(at::from_blob(values, source.shape, at::kDouble));
}

DeviceBatch to_device(const Batch& batch, at::Device device) {
  auto* ids = const_cast<std::int32_t*>(batch.ids.data());
  auto* labels = const_cast<std::uint8_t*>(batch.labels.data());
  const at::Tensor batch_major = at::from_blob(ids, {batch.reviews, batch.time}, at::kInt);
  return {moved(batch_major.t().clone(at::MemoryFormat::Contiguous), device),
          moved(last_slots(batch), device),
          moved(at::from_blob(labels, {batch.reviews}, at::kByte).to(at::kLong), device), batch.padding_id};
}

}  // namespace rnnbench
