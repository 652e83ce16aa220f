#pragma once

#include <algorithm>
#include <string>

#include "impls/eigen/cell_weights.hpp"
#include "impls/eigen/dropout.hpp"
#include "impls/eigen/recurrent_layer.hpp"

namespace rnnbench::eigen {

/// One direction of a recurrent layer: the walk over the steps that all cells share. `Cell` is RnnCell,
/// LstmCell or GruCell.
///
/// Input and recurrent dropout have one mask for all steps of a review (Gal and Ghahramani 2016, section
/// 4). A masked step passes the state through (Keras' mask_zero): its output is that of the step before.
template <typename Scalar, template <typename> class Cell>
class CellLayer final : public RecurrentLayer<Scalar> {
 public:
  /// `prefix`: of its weights' names; `index`: of the layer.
  CellLayer(WeightStore<Scalar>& weights, const std::string& prefix, const LayerSpec& spec, std::size_t index,
            bool backward)
      : weights_(weights, prefix, spec),
        cell_(weights_, spec),
        input_dropout_(spec.input_dropout, dropout_site(DropoutKind::kInput, index, backward)),
        recurrent_dropout_(spec.recurrent_dropout, dropout_site(DropoutKind::kRecurrent, index, backward)) {}

  Index units() const override { return weights_.units(); }

  void reset(Index batch, const Draw& draw) override {
    batch_ = batch;
    last_hidden_.setZero(batch, units());
    last_memory_.setZero(batch, memory_units());
    input_dropout_.draw(batch, weights_.features(), draw);
    recurrent_dropout_.draw(batch, units(), draw);
  }

  MatrixMap<Scalar> forward(MatrixMap<Scalar> input, StepMask masked) override {
    begin(input.rows());
    MatrixMap<Scalar> gates = this->gates();
    gates.rowwise() = cell_.bias();
    in_pieces(input, [&](Index first, MatrixMap<Scalar> piece) {
      gates.middleRows(first, piece.rows()).noalias() += piece * weights_.input_kernel.value.transpose();
    });
    for (Index t = 0; t < steps(); ++t) {
      const State<Scalar> before = state(t);
      const State<Scalar> after = state(t + 1);
      cell_.forward(t, step_of(gates, t, batch_), dropped(before.hidden), before, after);
      pass_through(masked, t, before, after);
    }
    last_hidden_ = state(steps()).hidden;
    last_memory_ = state(steps()).memory;
    return {hidden_.data() + batch_ * units(), rows_, units()};
  }

  /// Backpropagation through time (Werbos 1990): from the last step to the first, the gradient by the state
  /// is what comes from above plus what the next step hands back. Each kernel's gradient is then one
  /// product over all steps.
  void backward(MatrixMap<Scalar> input, StepMask masked, ConstView<Scalar> gradient,
                MatrixMap<Scalar> input_gradient) override {
    MatrixMap<Scalar> gates = this->gates();
    State<Scalar> carried = zero_gradient();
    MatrixMap<Scalar> through_product = hidden_gradient_.shaped(batch_, units());
    for (Index t = steps() - 1; t >= 0; --t) {
      const State<Scalar> before = state(t);
      carried.hidden += step_of(gradient, t, batch_);
      set_aside(masked, t, carried);
      cell_.backward(t, step_of(gates, t, batch_), dropped(before.hidden), before, state(t + 1), carried,
                     through_product);
      recurrent_dropout_.backward(through_product);
      carried.hidden += through_product;
      take_back(masked, carried);
    }
    set_weight_gradients(input);
    if (input_gradient.rows() == 0) return;
    input_gradient.noalias() = gates * weights_.input_kernel.value;
    input_dropout_.backward(input_gradient);
  }

 private:
  static constexpr Index kGates = Cell<Scalar>::kGates;

  Index memory_units() const { return Cell<Scalar>::kHasMemory ? units() : 0; }
  Index steps() const { return rows_ / batch_; }
  MatrixMap<Scalar> gates() { return gates_.shaped(rows_, kGates * units()); }

  /// The state after `step` steps of this call; after none it is the last one of the call before.
  State<Scalar> state(Index step) {
    return {{hidden_.data() + step * batch_ * units(), batch_, units()},
            {memory_.data() + step * batch_ * memory_units(), batch_, memory_units()}};
  }

  void begin(Index rows) {
    rows_ = rows;
    hidden_.shaped(rows + batch_, units());
    memory_.shaped(rows + batch_, memory_units());
    cell_.begin(rows);
    state(0).hidden = last_hidden_;
    state(0).memory = last_memory_;
  }

  /// Calls `use(first row, rows)` for x with input dropout, some steps at a time, so that it is never kept
  /// whole; without dropout x itself, at once.
  template <typename Use>
  void in_pieces(MatrixMap<Scalar> input, const Use& use) {
    constexpr Index kSteps = 16;
    const Index most = input_dropout_.is_drawn() ? kSteps * batch_ : rows_;
    for (Index first = 0; first < rows_; first += most) {
      const Index count = std::min(most, rows_ - first);
      MatrixMap<Scalar> rows(input.data() + first * input.cols(), count, input.cols());
      use(first, input_dropout_.forward(rows));
    }
  }

  /// h with recurrent dropout, valid until the next call.
  MatrixMap<Scalar> dropped(MatrixMap<Scalar> hidden) { return recurrent_dropout_.forward(hidden); }

  void set_weight_gradients(MatrixMap<Scalar> input) {
    const MatrixMap<Scalar> gates = this->gates();
    weights_.input_kernel.gradient.setZero();
    in_pieces(input, [&](Index first, MatrixMap<Scalar> piece) {
      const auto of_piece = gates.middleRows(first, piece.rows());
      weights_.input_kernel.gradient.noalias() += of_piece.transpose() * piece;
    });
    weights_.input_bias.gradient = gates.colwise().sum();
    MatrixMap<Scalar> hiddens(hidden_.data(), rows_, units());
    recurrent_dropout_.backward(hiddens);  // the same mask; the states themselves are not needed any more
    cell_.recurrent_gradients(gates, hiddens);
  }

  bool is_masked(StepMask masked, Index step, Index review) const {
    return masked[static_cast<std::size_t>(step * batch_ + review)] != 0;
  }

  void pass_through(StepMask masked, Index step, const State<Scalar>& before, State<Scalar> after) const {
    if (masked.empty()) return;
    for (Index review = 0; review < batch_; ++review) {
      if (!is_masked(masked, step, review)) continue;
      after.hidden.row(review) = before.hidden.row(review);
      after.memory.row(review) = before.memory.row(review);
    }
  }

  State<Scalar> zero_gradient() {
    carried_hidden_.setZero(batch_, units());
    carried_memory_.setZero(batch_, memory_units());
    return {{carried_hidden_.data(), batch_, units()}, {carried_memory_.data(), batch_, memory_units()}};
  }

  /// Takes the gradients of masked reviews out of the cell's way, which so get none at this step …
  void set_aside(StepMask masked, Index step, State<Scalar> carried) {
    if (masked.empty()) return;
    aside_hidden_.setZero(batch_, units());
    aside_memory_.setZero(batch_, memory_units());
    for (Index review = 0; review < batch_; ++review) {
      if (!is_masked(masked, step, review)) continue;
      aside_hidden_.row(review).swap(carried.hidden.row(review));
      aside_memory_.row(review).swap(carried.memory.row(review));
    }
  }

  /// … and hands them on to the step before.
  void take_back(StepMask masked, State<Scalar> carried) const {
    if (masked.empty()) return;
    carried.hidden += aside_hidden_;
    carried.memory += aside_memory_;
  }

  CellWeights<Scalar> weights_;
  Cell<Scalar> cell_;
  StepDropout<Scalar> input_dropout_;
  StepDropout<Scalar> recurrent_dropout_;
  Index batch_ = 0;
  Index rows_ = 0;              // steps * batch
  Buffer<Scalar> gates_;        // [steps * batch, gates * units]
  Buffer<Scalar> hidden_;       // [(steps + 1) * batch, units]
  Buffer<Scalar> memory_;       // [(steps + 1) * batch, units or 0]
  Matrix<Scalar> last_hidden_;  // [batch, units]
  Matrix<Scalar> last_memory_;
  Buffer<Scalar> hidden_gradient_;
  Matrix<Scalar> carried_hidden_, carried_memory_;  // ∂L/∂h, ∂L/∂c
  Matrix<Scalar> aside_hidden_, aside_memory_;
};

}  // namespace rnnbench::eigen
