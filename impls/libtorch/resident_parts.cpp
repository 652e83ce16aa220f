#include "impls/libtorch/resident_parts.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/from_blob.h>

#include <utility>

namespace rnnbench {
namespace {

/// The numbers of the batch's rows in its part, int32 [reviews].
at::Tensor row_numbers(const Batch& batch, at::Device device) {
  const BatchOrigin& origin = batch.origin;
  if (origin.rows.empty()) {
    const auto first = static_cast<std::int64_t>(origin.first);
    return at::arange(first, first + batch.reviews, at::TensorOptions(device).dtype(at::kInt));
  }
  auto* rows = const_cast<std::uint32_t*>(origin.rows.data());  // from_blob takes no const; only read
  return moved(at::from_blob(rows, {batch.reviews}, at::kInt), device);
}

}  // namespace

const ResidentParts::Part& ResidentParts::part_of(const Batch& batch) {
  const EncodedPart& part = *batch.origin.part;
  const auto known = parts_.find(part.ids.data());
  if (known != parts_.end()) return known->second;
  Batch whole = batch;
  whole.ids = part.ids;
  whole.lengths = part.lengths;
  whole.labels = part.labels;
  whole.reviews = static_cast<int>(part.reviews());
  DeviceBatch copied = to_device(whole, device_);
  return parts_[part.ids.data()] = {copied.ids.t().contiguous(), std::move(copied.last),
                                    std::move(copied.labels)};
}

DeviceBatch ResidentParts::batch(const Batch& batch) {
  const Part& part = part_of(batch);
  const at::Tensor rows = row_numbers(batch, device_);
  return {part.ids.index_select(0, rows).t().contiguous(), part.last.index_select(0, rows),
          part.labels.index_select(0, rows), batch.padding_id};
}

}  // namespace rnnbench
