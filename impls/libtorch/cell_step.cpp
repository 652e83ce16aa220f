#include "impls/libtorch/cell_step.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/linear.h>

#include "impls/libtorch/activation.hpp"

namespace rnnbench {
namespace {

bool resets_after(const LayerSpec& layer) { return layer.cell == Cell::kGru && layer.reset_after; }

CellState rnn_step(Activation activation, const CellWeights& weights, const at::Tensor& input,
                   const at::Tensor& seen) {
  return {activated(at::addmm(input, seen, weights.recurrent_kernel.t()), activation), {}};
}

CellState lstm_step(const CellWeights& weights, const at::Tensor& input, const CellState& state,
                    const at::Tensor& seen) {
  const auto gates = at::addmm(input, seen, weights.recurrent_kernel.t()).chunk(4, 1);  // i, f, g, o
  const at::Tensor c = gates[1].sigmoid() * state.c + gates[0].sigmoid() * gates[2].tanh();
  return {gates[3].sigmoid() * c.tanh(), c};
}

CellState interpolated(const at::Tensor& update_gate, const at::Tensor& candidate, const CellState& state) {
  return {candidate + update_gate * (state.h - candidate), {}};
}

CellState gru_step_reset_after(const CellWeights& weights, const at::Tensor& input, const CellState& state,
                               const at::Tensor& seen) {
  const auto product = at::linear(seen, weights.recurrent_kernel, weights.recurrent_bias).chunk(3, 1);
  const auto gates = input.chunk(3, 1);  // r, z, n
  const at::Tensor reset = (gates[0] + product[0]).sigmoid();
  const at::Tensor update = (gates[1] + product[1]).sigmoid();
  return interpolated(update, (gates[2] + reset * product[2]).tanh(), state);
}

CellState gru_step_reset_before(const CellWeights& weights, const at::Tensor& input, const CellState& state,
                                const at::Tensor& seen) {
  const std::int64_t units = seen.size(1);
  const at::Tensor gate_kernel = weights.recurrent_kernel.narrow(0, 0, 2 * units);
  const at::Tensor candidate_kernel = weights.recurrent_kernel.narrow(0, 2 * units, units);
  const auto gates =
      at::addmm(input.narrow(1, 0, 2 * units), seen, gate_kernel.t()).sigmoid().chunk(2, 1);  // r, z
  const at::Tensor candidate =
      at::addmm(input.narrow(1, 2 * units, units), gates[0] * seen, candidate_kernel.t()).tanh();
  return interpolated(gates[1], candidate, state);
}

}  // namespace

at::Tensor projected(const LayerSpec& layer, const CellWeights& weights, const at::Tensor& values) {
  const bool adds_recurrent_bias = weights.recurrent_bias.defined() && !resets_after(layer);
  return at::linear(values, weights.input_kernel,
                    adds_recurrent_bias ? weights.input_bias + weights.recurrent_bias : weights.input_bias);
}

CellState cell_step(const LayerSpec& layer, const CellWeights& weights, const at::Tensor& input,
                    const CellState& state, const at::Tensor& seen) {
  switch (layer.cell) {
    case Cell::kLstm:
      return lstm_step(weights, input, state, seen);
    case Cell::kGru:
      return layer.reset_after ? gru_step_reset_after(weights, input, state, seen)
                               : gru_step_reset_before(weights, input, state, seen);
    case Cell::kRnn:
      break;
  }
  return rnn_step(layer.activation, weights, input, seen);
}

}  // namespace rnnbench
