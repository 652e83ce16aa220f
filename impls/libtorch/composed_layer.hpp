#pragma once

#include <memory>
#include <string>

#include "impls/libtorch/recurrent_layer.hpp"

namespace rnnbench {

/// A layer written out in LibTorch's matrix products, for what torch::nn's own can't express: one product
/// with the inputs of all steps, then a loop over the time steps. It can be any LayerSpec; `reasons` is
/// what its path() gives for being used.
std::unique_ptr<RecurrentLayer> make_composed_layer(const LayerSpec& spec, std::size_t index, int features,
                                                    const at::TensorOptions& options,
                                                    const std::string& reasons);

}  // namespace rnnbench
