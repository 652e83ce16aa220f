#include "impls/libtorch/recurrent_layer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "impls/libtorch/composed_layer.hpp"
#include "impls/libtorch/torch_layer.hpp"

namespace rnnbench {
namespace {

/// The settings that torch::nn's layers don't have.
std::vector<std::string> beyond_torch(const EmbeddingSpec& embedding, const LayerSpec& layer) {
  std::vector<std::string> settings;
  if (embedding.mask_padding) settings.emplace_back("mask_padding");
  if (layer.recurrent_dropout > 0) settings.emplace_back("recurrent_dropout");
  if (layer.cell == Cell::kGru && !layer.reset_after) settings.emplace_back("reset_after = false");
  if (layer.cell == Cell::kRnn && layer.activation == Activation::kNone) {
    settings.emplace_back("activation none");
  }
  return settings;
}

}  // namespace

std::unique_ptr<RecurrentLayer> make_recurrent_layer(const ModelSpec& model, std::size_t index, int features,
                                                     const at::TensorOptions& options) {
  const LayerSpec& layer = model.layers[index];
  const std::vector<std::string> reasons = beyond_torch(model.embedding, layer);
  if (reasons.empty()) return make_torch_layer(layer, index, features, options);
  return make_composed_layer(layer, index, features, options, fmt::format("{}", fmt::join(reasons, ", ")));
}

}  // namespace rnnbench
