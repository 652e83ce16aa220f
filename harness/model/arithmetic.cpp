#include "harness/model/arithmetic.hpp"

namespace rnnbench {

int gate_count(Cell cell) {
  switch (cell) {
    case Cell::kRnn:
      return 1;
    case Cell::kGru:
      return 3;
    case Cell::kLstm:
      return 4;
  }
  return 0;
}

double prediction_operations(const ModelSpec& model, int reviews, int length) {
  double slot = 0, features = model.embedding.size;
  for (const LayerSpec& layer : model.layers) {
    const double directions = layer.bidirectional ? 2 : 1;
    slot += directions * gate_count(layer.cell) * (features + layer.units) * layer.units;
    features = directions * layer.units;
  }
  double review = 0;
  for (const DenseSpec& dense : model.dense) {
    review += features * dense.units;
    features = dense.units;
  }
  review += features * head_units(model);
  return 2.0 * reviews * (length * slot + review);
}

double step_operations(const ModelSpec& model, int reviews, int length) {
  return 3 * prediction_operations(model, reviews, length);
}

}  // namespace rnnbench
