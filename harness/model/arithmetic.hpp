#pragma once

#include "harness/model/model_spec.hpp"

namespace rnnbench {

/// Gates of a cell, each with a kernel of its own: 1 for rnn, 3 for gru, 4 for lstm.
int gate_count(Cell cell);

/// Floating-point operations of the matrix products of one prediction, a multiply-add counted as two: of each
/// review and time step gates · (features + units) · units for each direction of a layer, with 1 gate for
/// rnn, 3 for gru and 4 for lstm; of each review the products of dense layers and head. Element-wise work and
/// the embedding, which only looks rows up, are not in it.
double prediction_operations(const ModelSpec& model, int reviews, int length);

/// Of a training step three times as many: backward, the gradients of inputs and of weights each take as
/// many products as forward. What an engine leaves out (padding, words that a batch repeats) it still is
/// credited with.
double step_operations(const ModelSpec& model, int reviews, int length);

}  // namespace rnnbench
