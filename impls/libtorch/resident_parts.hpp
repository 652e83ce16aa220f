#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>

#include "harness/data/encoded_data.hpp"
#include "impls/libtorch/tensors.hpp"

namespace rnnbench {

/// The parts of a data set on a device, each copied there once, when a batch of it first comes. After that a
/// batch costs the copy of its row numbers, and the device gathers it.
class ResidentParts {
 public:
  explicit ResidentParts(at::Device device) : device_(device) {}

  /// What to_device() gives for `batch`, whose origin names its part.
  DeviceBatch batch(const Batch& batch);

  /// Parts copied so far.
  std::size_t parts() const { return parts_.size(); }

 private:
  struct Part {
    at::Tensor ids;     ///< int32 [part reviews, time]
    at::Tensor last;    ///< int64 [part reviews]
    at::Tensor labels;  ///< int64 [part reviews]
  };
  const Part& part_of(const Batch& batch);

  at::Device device_;
  std::map<const std::int32_t*, Part> parts_;  ///< by where the part's ids lie on the host
};

}  // namespace rnnbench
