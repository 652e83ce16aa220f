#include "impls/libtorch/support.hpp"

#include <filesystem>

namespace rnnbench {
namespace {

std::string embedding_obstacle(const EmbeddingSpec& embedding) {
  if (embedding.mask_padding) return "mask_padding: the libtorch engine runs every time step";
  if (embedding.spatial_dropout > 0) return "spatial_dropout: the libtorch engine has none";
  if (!embedding.l2) return "l2: the libtorch engine's acts on the embedding too";
  if (!embedding.vectors.empty()) return "vectors: the libtorch engine starts from an initialiser";
  return "";
}

std::string layer_obstacle(const LayerSpec& layer) {
  if (layer.cell == Cell::kGru) return "gru: the libtorch engine runs rnn and lstm cells";
  if (layer.cell == Cell::kRnn && layer.activation == Activation::kNone) {
    return "activation none: the libtorch engine's rnn cells have tanh or relu";
  }
  if (layer.bidirectional) return "bidirectional: the libtorch engine runs forward layers";
  if (layer.input_dropout > 0) return "input_dropout: the libtorch engine has output_dropout only";
  if (layer.recurrent_dropout > 0) return "recurrent_dropout: the libtorch engine has output_dropout only";
  return "";
}

std::string optimizer_obstacle(const OptimizerSpec& optimizer) {
  if (optimizer.kind == OptimizerKind::kRmsprop) return "rmsprop: the libtorch engine has none";
  if (optimizer.form != UpdateForm::kPytorch) return "form: the libtorch engine has pytorch's only";
  if (optimizer.kind == OptimizerKind::kAdamW && optimizer.l2 > 0) {
    return "l2 with adamw: the libtorch engine's adamw has decay only";
  }
  if (optimizer.kind != OptimizerKind::kAdamW && optimizer.decay > 0) {
    return "decay: only adamw has it; the libtorch engine's other optimizers have l2";
  }
  return "";
}

std::string library_obstacle(Device device) {
  if (device != Device::kCuda) return "";
  const std::filesystem::path library = std::filesystem::path(RNNBENCH_LIBTORCH_FOLDER) / "libtorch_cuda.so";
  if (std::filesystem::exists(library)) return "";
  return "this LibTorch is for the CPU only: " + library.string() +
         " is missing; build against a LibTorch with CUDA";
}

}  // namespace

std::string libtorch_obstacle(const ModelSpec& model, const TrainingSpec& training, Device device) {
  if (std::string obstacle = embedding_obstacle(model.embedding); !obstacle.empty()) return obstacle;
  for (const LayerSpec& layer : model.layers) {
    if (std::string obstacle = layer_obstacle(layer); !obstacle.empty()) return obstacle;
  }
  if (std::string obstacle = optimizer_obstacle(training.optimizer); !obstacle.empty()) return obstacle;
  return library_obstacle(device);
}

}  // namespace rnnbench
