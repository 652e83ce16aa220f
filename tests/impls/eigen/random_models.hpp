#pragma once

#include <rapidcheck.h>

#include "harness/model/model_spec.hpp"
#include "tests/support/sample_batches.hpp"

namespace rnnbench {

/// Any mixture of layers and options that has a derivative everywhere: no relu and no maximum, whose kinks
/// finite differences stumble over.
inline LayerSpec random_layer() {
  LayerSpec layer;
  layer.cell = *rc::gen::element(Cell::kRnn, Cell::kLstm, Cell::kGru);
  layer.units = *rc::gen::inRange(1, 5);
  layer.bidirectional = *rc::gen::arbitrary<bool>();
  layer.biases = *rc::gen::inRange(1, 3);
  if (layer.cell == Cell::kGru) layer.reset_after = *rc::gen::arbitrary<bool>();
  layer.input_dropout = *rc::gen::element(0.0, 0.3);
  layer.recurrent_dropout = *rc::gen::element(0.0, 0.4);
  layer.output_dropout = *rc::gen::element(0.0, 0.2);
  return layer;
}

inline ModelSpec random_model() {
  ModelSpec model;
  model.embedding.size = *rc::gen::inRange(1, 5);
  model.embedding.trainable = *rc::gen::weightedElement<bool>({{5, true}, {1, false}});
  model.embedding.zero_padding = *rc::gen::arbitrary<bool>();
  model.embedding.mask_padding = *rc::gen::arbitrary<bool>();
  model.embedding.spatial_dropout = *rc::gen::element(0.0, 0.3);
  const int layers = *rc::gen::inRange(1, 4);
  for (int i = 0; i < layers; ++i) model.layers.push_back(random_layer());
  model.pooling = *rc::gen::element(Pooling::kLast, Pooling::kLastValid, Pooling::kMean);
  model.dropout = *rc::gen::element(0.0, 0.5);
  const int dense = *rc::gen::inRange(0, 3);
  for (int i = 0; i < dense; ++i) {
    model.dense.push_back({*rc::gen::inRange(1, 5), *rc::gen::element(Activation::kNone, Activation::kTanh),
                           *rc::gen::element(0.0, 0.25)});
  }
  model.head = *rc::gen::element(Head::kSoftmax, Head::kSigmoid);
  model.initializers = *rc::gen::element(Initializers::kPytorch, Initializers::kKeras);
  return model;
}

inline SampleBatch random_batch(int vocabulary) {
  return sample_batch(*rc::gen::inRange(1, 6), *rc::gen::inRange(1, 7), vocabulary,
                      *rc::gen::inRange<std::uint64_t>(1, 1000),
                      *rc::gen::element(PaddingSide::kFront, PaddingSide::kEnd));
}

}  // namespace rnnbench
