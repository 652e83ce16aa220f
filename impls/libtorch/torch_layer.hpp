#pragma once

#include <memory>

#include "impls/libtorch/recurrent_layer.hpp"

namespace rnnbench {

/// A layer on torch::nn::RNN, LSTM or GRU, which knows neither masked steps nor recurrent dropout, and
/// whose GRU resets after the product. Input dropout acts before it; where both directions have it, each
/// is a module of its own, since their masks differ.
std::unique_ptr<RecurrentLayer> make_torch_layer(const LayerSpec& spec, std::size_t index, int features,
                                                 const at::TensorOptions& options);

}  // namespace rnnbench
