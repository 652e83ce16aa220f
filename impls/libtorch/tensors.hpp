#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "harness/data/batch.hpp"
#include "harness/model/parameters.hpp"

namespace rnnbench {

/// Tensors of LibTorch by the harness's names, in their order.
using NamedTensors = std::map<std::string, at::Tensor>;

/// A copy on the host; waits for the device.
Tensor to_host(const at::Tensor& tensor);

/// Overwrites `target` in place; `source` has its shape.
void copy_from_host(const Tensor& source, at::Tensor target);

/// A batch on the engine's device, time-major, as LibTorch's recurrent layers like it best.
struct DeviceBatch {
  at::Tensor ids;   ///< int32 [time, reviews]
  at::Tensor last;  ///< int64 [reviews], the last slot within each review's length; the first of an empty one
  at::Tensor labels;  ///< int64 [reviews]
  std::int32_t padding_id = 0;
};

/// Queues the copy of `host` to `device`: `host`'s memory is free when it returns, and on a GPU the copy goes
/// through pinned memory, so that the host doesn't wait for the device. On the CPU it is `host` itself.
at::Tensor moved(at::Tensor host, at::Device device);

/// Queues the copy of `batch` to `device`, as moved() does. The batch must have been checked (see
/// check_batch). On the CPU its labels are copied too.
DeviceBatch to_device(const Batch& batch, at::Device device);

}  // namespace rnnbench
