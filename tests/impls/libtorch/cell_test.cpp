// The cells against their formulas, one unit and two steps, written out here.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "tests/impls/libtorch/tiny_engine.hpp"

namespace rnnbench {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// The word with id 1 is the number 0.7, the word with id 2 is −1.3.
const std::vector<double> kInputs = {0.7, -1.3};

/// Weights of a cell of one unit by gate: w x + b, u h + d.
struct Cell1 {
  std::vector<double> w, u, b, d;
};

const Cell1 kRnn{{0.9}, {-0.6}, {0.1}, {0.25}};
const Cell1 kLstm{
    {0.9, -0.4, 1.1, 0.3}, {-0.6, 0.8, 0.5, -0.7}, {0.1, 0.9, -0.2, 0.4}, {0.2, -0.3, 0.15, 0.05}};
const Cell1 kGru{{0.9, -0.4, 1.1}, {-0.6, 0.8, 0.5}, {0.1, 0.9, -0.2}, {0.2, -0.3, 0.45}};

/// What the layer gives after each step of the review (1, 2), in double precision. The recurrent state is
/// dropped by the mask of `draw`, if any.
std::vector<double> outputs(LayerSpec layer, const Cell1& cell) {
  layer.units = 1;
  ModelSpec model = tiny_rnn();
  model.embedding.size = 1;
  model.layers = {layer};
  EngineSetup setup = double_setup(model);
  setup.vocabulary = 3;
  const auto engine = started_engine("libtorch", setup);
  Parameters state = engine->state();
  state["embedding.weight"].values = {0, kInputs[0], kInputs[1]};
  for (const std::string prefix : {"layers.0.", "layers.0.backward."}) {
    if (!state.contains(prefix + "input_kernel")) continue;
    state[prefix + "input_kernel"].values = cell.w;
    state[prefix + "recurrent_kernel"].values = cell.u;
    state[prefix + "input_bias"].values = cell.b;
    if (layer.biases == 2) state[prefix + "recurrent_bias"].values = cell.d;
  }
  engine->set_state(state);
  const SampleBatch review{{1, 2}, {2}, {1}, 2, false};
  return engine->activations(review.view()).at("layers.0").values;
}

using Formula = std::function<double(double x, double h, double& c)>;

std::vector<double> expected(const Formula& step, std::vector<double> inputs = kInputs) {
  std::vector<double> values;
  double h = 0, c = 0;
  for (const double x : inputs) values.push_back(h = step(x, h, c));
  return values;
}

/// The spec as torch::nn runs it and composed: a recurrent dropout that isn't drawn changes no value.
void expect_formula(LayerSpec layer, const Cell1& cell, const std::function<Formula(const Cell1&)>& formula) {
  for (const int biases : {1, 2}) {
    Cell1 known = cell;
    if (biases == 1) known.d.assign(known.d.size(), 0);
    for (const double recurrent_dropout : {0.0, 0.5}) {
      layer.biases = biases;
      layer.recurrent_dropout = recurrent_dropout;
      const std::vector<double> actual = outputs(layer, cell);
      const std::vector<double> wanted = expected(formula(known));
      ASSERT_EQ(actual.size(), wanted.size());
      for (std::size_t t = 0; t < wanted.size(); ++t) {
        EXPECT_NEAR(actual[t], wanted[t], 1e-14) << "step " << t << ", " << text_of(layer);
      }
    }
  }
}

Formula rnn(const Cell1& k) {
  return [=](double x, double h, double&) { return std::tanh(k.w[0] * x + k.b[0] + k.u[0] * h + k.d[0]); };
}

Formula lstm(const Cell1& k) {
  return [=](double x, double h, double& c) {
    const auto gate = [&](std::size_t i) { return k.w[i] * x + k.b[i] + k.u[i] * h + k.d[i]; };
    c = sigmoid(gate(1)) * c + sigmoid(gate(0)) * std::tanh(gate(2));
    return sigmoid(gate(3)) * std::tanh(c);
  };
}

Formula gru(const Cell1& k, bool reset_after) {
  return [=](double x, double h, double&) {
    const double r = sigmoid(k.w[0] * x + k.b[0] + k.u[0] * h + k.d[0]);
    const double z = sigmoid(k.w[1] * x + k.b[1] + k.u[1] * h + k.d[1]);
    const double product = reset_after ? r * (k.u[2] * h + k.d[2]) : k.u[2] * (r * h) + k.d[2];
    return (1 - z) * std::tanh(k.w[2] * x + k.b[2] + product) + z * h;
  };
}

LayerSpec layer_of(Cell cell, bool reset_after = true) {
  LayerSpec layer;
  layer.cell = cell;
  layer.reset_after = reset_after;
  return layer;
}

TEST(LibtorchCells, RnnIsItsFormula) { expect_formula(layer_of(Cell::kRnn), kRnn, rnn); }

TEST(LibtorchCells, LstmIsItsFormula) { expect_formula(layer_of(Cell::kLstm), kLstm, lstm); }

TEST(LibtorchCells, GruIsItsFormulaInBothConventions) {
  for (const bool reset_after : {true, false}) {
    expect_formula(layer_of(Cell::kGru, reset_after), kGru,
                   [&](const Cell1& cell) { return gru(cell, reset_after); });
  }
}

TEST(LibtorchCells, TheBackwardDirectionStartsAtTheEndAndComesBesideTheForwardOne) {
  const std::vector<double> forward = expected(lstm(kLstm));
  const std::vector<double> backward = expected(lstm(kLstm), {kInputs[1], kInputs[0]});
  LayerSpec layer = layer_of(Cell::kLstm);
  layer.bidirectional = true;
  for (const auto& [input_dropout, recurrent_dropout] : {std::pair{0.0, 0.0}, {0.5, 0.0}, {0.0, 0.5}}) {
    layer.input_dropout = input_dropout;
    layer.recurrent_dropout = recurrent_dropout;
    const std::vector<double> actual = outputs(layer, kLstm);
    const std::vector<double> wanted = {forward[0], backward[1], forward[1], backward[0]};
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(actual[i], wanted[i], 1e-14) << i;
  }
}

}  // namespace
}  // namespace rnnbench
