#include "impls/eigen/support.hpp"

#include <fmt/format.h>

namespace rnnbench {
namespace {

std::string layer_obstacle(const LayerSpec& layer) {
  if (layer.cell != Cell::kRnn) {
    return fmt::format("the eigen engine runs rnn cells only, not {}", name_of(layer.cell));
  }
  if (layer.bidirectional) return "the eigen engine runs no bidirectional layers";
  if (layer.input_dropout > 0) return "the eigen engine has no input_dropout";
  if (layer.recurrent_dropout > 0) return "the eigen engine has no recurrent_dropout";
  return "";
}

}  // namespace

std::string eigen_obstacle(const ModelSpec& model, const TrainingSpec& training, Device device) {
  if (device != Device::kCpu) {
    return fmt::format("the eigen engine runs on the cpu only, not on {}", name_of(device));
  }
  if (training.optimizer.kind == OptimizerKind::kRmsprop) return "the eigen engine has no rmsprop";
  if (training.optimizer.form != UpdateForm::kPytorch) return "the eigen engine has pytorch's form only";
  if (!model.embedding.l2) return "the eigen engine's l2 acts on the embedding too";
  if (model.embedding.mask_padding) return "the eigen engine has no mask_padding";
  if (model.embedding.spatial_dropout > 0) return "the eigen engine has no spatial_dropout";
  if (!model.embedding.vectors.empty()) return "the eigen engine can't start from given word vectors";
  for (const LayerSpec& layer : model.layers) {
    if (std::string obstacle = layer_obstacle(layer); !obstacle.empty()) return obstacle;
  }
  return "";
}

}  // namespace rnnbench
