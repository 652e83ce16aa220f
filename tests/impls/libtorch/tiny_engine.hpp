#pragma once

#include <string>
#include <vector>

#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {

constexpr int kVocabulary = 12;
constexpr int kTime = 6;

inline EngineSetup tiny_setup(const ModelSpec& model = tiny_rnn(), const TrainingSpec& training = {}) {
  return single_thread_setup(model, training, kVocabulary, kTime);
}

/// The same in double precision.
inline EngineSetup double_setup(const ModelSpec& model, const TrainingSpec& training = {}) {
  EngineSetup setup = tiny_setup(model, training);
  setup.precision = Precision::kDouble;
  return setup;
}

/// tiny_rnn() with the layer changed by `change`.
template <typename Change>
ModelSpec tiny_model(Change change) {
  ModelSpec model = tiny_rnn();
  change(model.layers[0]);
  return model;
}

/// Layers of every cell, with one bias and with two, in one direction and in both.
inline std::vector<LayerSpec> every_layer(int units) {
  std::vector<LayerSpec> cells(5);
  cells[0].activation = Activation::kTanh;
  cells[1].activation = Activation::kRelu;
  cells[2].cell = Cell::kLstm;
  cells[3].cell = cells[4].cell = Cell::kGru;
  cells[4].reset_after = false;
  std::vector<LayerSpec> layers;
  for (LayerSpec layer : cells) {
    layer.units = units;
    for (const int biases : {1, 2}) {
      for (const bool bidirectional : {false, true}) {
        layer.biases = biases;
        layer.bidirectional = bidirectional;
        layers.push_back(layer);
      }
    }
  }
  return layers;
}

/// Those of every_layer() with two biases and both directions, one a cell.
inline std::vector<LayerSpec> every_cell_both_ways(int units) {
  std::vector<LayerSpec> layers = every_layer(units);
  std::erase_if(layers, [](const LayerSpec& layer) { return layer.biases == 1 || !layer.bidirectional; });
  return layers;
}

/// What a failure says of a layer.
inline std::string text_of(const LayerSpec& layer) {
  return std::string(layer.bidirectional ? "bi-" : "") + name_of(layer.cell) + " " +
         name_of(layer.activation) + (layer.reset_after ? "" : " reset before") + ", " +
         std::to_string(layer.biases) + " biases";
}

/// Takes `steps` steps on the same batch.
inline void train(Engine& engine, const SampleBatch& batch, int steps, double learning_rate = 0.01) {
  NullPhaseClock phases;
  for (int step = 0; step < steps; ++step) engine.train_step(batch.view(), learning_rate, phases);
}

inline std::vector<float> predictions(Engine& engine, const SampleBatch& batch) {
  std::vector<float> positive(batch.labels.size());
  engine.predict(batch.view(), positive);
  engine.synchronize();
  return positive;
}

}  // namespace rnnbench
