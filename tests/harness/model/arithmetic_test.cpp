#include "harness/model/arithmetic.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

ModelSpec model_of(Cell cell, bool bidirectional) {
  ModelSpec model;
  model.embedding.size = 10;
  model.layers.resize(1);
  model.layers[0].cell = cell;
  model.layers[0].units = 4;
  model.layers[0].bidirectional = bidirectional;
  model.head = Head::kSigmoid;
  return model;
}

TEST(Arithmetic, CountsTheProductsOfEachGateStepAndReview) {
  // 3 reviews of 5 steps; (10 features + 4 units) · 4 units a gate; the head's 4 · 1.
  EXPECT_EQ(prediction_operations(model_of(Cell::kRnn, false), 3, 5), 2 * 3 * (5 * 56 + 4));
  EXPECT_EQ(prediction_operations(model_of(Cell::kGru, false), 3, 5), 2 * 3 * (5 * 3 * 56 + 4));
  EXPECT_EQ(prediction_operations(model_of(Cell::kLstm, false), 3, 5), 2 * 3 * (5 * 4 * 56 + 4));
  EXPECT_EQ(prediction_operations(model_of(Cell::kLstm, true), 3, 5), 2 * 3 * (5 * 2 * 4 * 56 + 8));
}

TEST(Arithmetic, GoesThroughLayersAndDenseLayers) {
  ModelSpec model = model_of(Cell::kRnn, true);
  model.layers.push_back(model.layers[0]);
  model.layers[1].bidirectional = false;
  model.dense = {{7, Activation::kRelu, 0}};
  model.head = Head::kSoftmax;
  const double slot = 2 * (10 + 4) * 4 + (8 + 4) * 4, review = 4 * 7 + 7 * 2;
  EXPECT_EQ(prediction_operations(model, 1, 9), 2 * (9 * slot + review));
  EXPECT_EQ(step_operations(model, 1, 9), 3 * prediction_operations(model, 1, 9));
}

}  // namespace
}  // namespace rnnbench
