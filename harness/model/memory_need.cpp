#include "harness/model/memory_need.hpp"

#include <algorithm>

namespace rnnbench {
namespace {

/// Scalars kept for each unit in each slot, and gates whose gradients the backward pass makes.
struct CellNeed {
  double kept = 0;
  double gates = 0;
};

CellNeed need_of(Cell cell) {
  switch (cell) {
    case Cell::kRnn:
      return {1, 1};
    case Cell::kGru:
      return {5, 3};
    case Cell::kLstm:
      return {6, 4};
  }
  return {};
}

double states(const OptimizerSpec& optimizer) {
  const double momentum = optimizer.momentum > 0 ? 1 : 0;
  switch (optimizer.kind) {
    case OptimizerKind::kSgd:
      return momentum;
    case OptimizerKind::kRmsprop:
      return 1 + momentum;
    case OptimizerKind::kAdam:
    case OptimizerKind::kAdamW:
      return 2;
  }
  return 0;
}

double mask(double rate) { return rate > 0 ? 1 : 0; }

double count_of(const std::vector<std::int64_t>& shape) {
  double count = 1;
  for (const std::int64_t size : shape) count *= static_cast<double>(size);
  return count;
}

/// Scalars of the activations: of a slot, of a review, and those a slot takes while a layer is worked on.
struct Activations {
  double slot = 0;
  double review = 0;
  double working = 0;
};

Activations activations_of(const ModelSpec& model) {
  double features = model.embedding.size;
  Activations all{features, mask(model.embedding.spatial_dropout) * features, features};
  for (const LayerSpec& layer : model.layers) {
    const CellNeed cell = need_of(layer.cell);
    const double units = static_cast<double>(layer.units) * (layer.bidirectional ? 2 : 1);
    all.slot += units * (cell.kept + mask(layer.output_dropout));
    all.review += features * mask(layer.input_dropout) + units * mask(layer.recurrent_dropout);
    all.working = std::max(all.working, units * (cell.gates + 1) + features);
    features = units;
  }
  all.review += features * (1 + mask(model.dropout));
  for (const DenseSpec& dense : model.dense) all.review += dense.units * (1 + mask(dense.dropout));
  all.review += head_units(model);
  return all;
}

}  // namespace

MemoryNeed memory_need(const ModelSpec& model, const OptimizerSpec& optimizer, const StepShape& shape) {
  const double scalar = shape.precision == Precision::kSingle ? sizeof(float) : sizeof(double);
  double parameters = 0;
  double trainable = 0;
  for (const auto& [name, dimensions] : parameter_shapes(model, shape.vocabulary)) {
    const double count = count_of(dimensions);
    parameters += count;
    if (model.embedding.trainable || name != "embedding.weight") trainable += count;
  }
  const double reviews = shape.batch;
  const double slots = reviews * shape.length;
  const Activations activations = activations_of(model);
  return {.parameters = scalar * parameters,
          .gradients = scalar * trainable,
          .optimizer = scalar * trainable * states(optimizer),
          .activations = scalar * (slots * activations.slot + reviews * activations.review) +
                         slots * sizeof(std::int32_t),
          .working = scalar * slots * activations.working};
}

}  // namespace rnnbench
