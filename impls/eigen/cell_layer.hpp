#pragma once

#include <algorithm>
#include <string>

#include "impls/eigen/cell_weights.hpp"
#include "impls/eigen/dropout.hpp"
#include "impls/eigen/recurrent_layer.hpp"
#include "impls/eigen/walk.hpp"

namespace rnnbench::eigen {

/// One direction of a recurrent layer: the walk over the steps that all cells share, onward or homeward from
/// the last step to the first. `Cell` is RnnCell, LstmCell or GruCell.
///
/// Input and recurrent dropout have one mask for all steps of a review (Gal and Ghahramani 2016, section
/// 4). A masked step passes the state through (Keras' mask_zero): its output is that of the step before.
template <typename Scalar, template <typename> class Cell>
class CellLayer final : public RecurrentLayer<Scalar> {
 public:
  /// `prefix`: of its weights' names; `index`: of the layer.
  CellLayer(WeightStore<Scalar>& weights, const std::string& prefix, const LayerSpec& spec, std::size_t index,
            bool homeward)
      : weights_(weights, prefix, spec),
        cell_(weights_, spec),
        homeward_(homeward),
        input_dropout_(spec.input_dropout, dropout_site(DropoutKind::kInput, index, homeward)),
        recurrent_dropout_(spec.recurrent_dropout, dropout_site(DropoutKind::kRecurrent, index, homeward)) {}

  Index units() const override { return weights_.units(); }
  bool needs_all_steps() const override { return homeward_; }

  void reset(Index batch, const Draw& draw) override {
    batch_ = batch;
    last_hidden_.setZero(batch, units());
    last_memory_.setZero(batch, memory_units());
    input_dropout_.draw(batch, weights_.features(), draw);
    recurrent_dropout_.draw(batch, units(), draw);
  }

  MatrixMap<Scalar> forward(MatrixMap<Scalar> input, StepMask masked) override {
    begin(input.rows());
    Walk{0, steps(), homeward_}.in_pieces(kPieceSteps, [&](const Walk& piece) {
      MatrixMap<Scalar> gates = gates_of(piece);
      gates.rowwise() = cell_.bias();
      gates.noalias() +=
          input_dropout_.forward(steps_of(input, piece)) * weights_.input_kernel.value.transpose();
      for (Index i = 0; i < piece.count; ++i) {
        const Index t = piece.step(i);
        const State<Scalar> before = state_before(t);
        const State<Scalar> after = state_after(t);
        cell_.forward(t, step_of(gates, t - piece.first, batch_), dropped(before.hidden), before, after);
        pass_through(masked, t, before, after);
      }
    });
    const State<Scalar> last = state_after(homeward_ ? 0 : steps() - 1);
    last_hidden_ = last.hidden;
    last_memory_ = last.memory;
    return {state_after(0).hidden.data(), rows_, units()};
  }

  void begin_backward() override {
    weights_.clear_gradients();
    carried_hidden_.setZero(batch_, units());
    carried_memory_.setZero(batch_, memory_units());
  }

  /// Backpropagation through time (Werbos 1990): against the walk, the gradient by the state is what comes
  /// from above plus what the step after it hands back. Each kernel's gradient is then one product over the
  /// steps of a piece.
  void backward(Index first, MatrixMap<Scalar> input, StepMask masked, ConstView<Scalar> gradient,
                MatrixMap<Scalar> input_gradient) override {
    const Walk walk{0, input.rows() / batch_, homeward_};
    walk.back().in_pieces(kPieceSteps, [&](const Walk& piece) {
      MatrixMap<Scalar> gates = gates_of({first + piece.first, piece.count});
      for (Index i = 0; i < piece.count; ++i) {
        const Index t = piece.step(i);
        step_back(first + t, step_of(gates, t - piece.first, batch_), step_of(gradient, t, batch_),
                  masked.empty() ? masked : masked.subspan(static_cast<std::size_t>(t * batch_)));
      }
      add_weight_gradients(first + piece.first, gates, steps_of(input, piece));
      if (input_gradient.rows() > 0) add_input_gradient(gates, steps_of(input_gradient, piece));
    });
  }

 private:
  static constexpr Index kGates = Cell<Scalar>::kGates;

  Index memory_units() const { return Cell<Scalar>::kHasMemory ? units() : 0; }
  Index steps() const { return rows_ / batch_; }

  /// The gates of a piece: kept from the way forward for the way back, or room for them if the cell has no
  /// need of what they were.
  MatrixMap<Scalar> gates_of(const Walk& piece) {
    const Index columns = kGates * units();
    const Index begin = Cell<Scalar>::kKeepsGates ? piece.first * batch_ * columns : 0;
    return {gates_.data() + begin, piece.count * batch_, columns};
  }

  MatrixMap<Scalar> steps_of(MatrixMap<Scalar> sequence, const Walk& piece) const {
    return {sequence.data() + piece.first * batch_ * sequence.cols(), piece.count * batch_, sequence.cols()};
  }

  /// States lie in the order of time, so that which a homeward walk comes from stands after its step. Where
  /// it begins there is that of the call before.
  State<Scalar> state_before(Index step) { return state(homeward_ ? step + 1 : step); }
  State<Scalar> state_after(Index step) { return state(homeward_ ? step : step + 1); }
  State<Scalar> state(Index place) {
    return {{hidden_.data() + place * batch_ * units(), batch_, units()},
            {memory_.data() + place * batch_ * memory_units(), batch_, memory_units()}};
  }

  void begin(Index rows) {
    rows_ = rows;
    gates_.shaped(Cell<Scalar>::kKeepsGates ? rows : std::min(rows, kPieceSteps * batch_), kGates * units());
    hidden_.shaped(rows + batch_, units());
    memory_.shaped(rows + batch_, memory_units());
    cell_.begin(rows);
    State<Scalar> before = state_before(homeward_ ? steps() - 1 : 0);
    before.hidden = last_hidden_;
    before.memory = last_memory_;
  }

  /// h with recurrent dropout, valid until the next call.
  MatrixMap<Scalar> dropped(MatrixMap<Scalar> hidden) { return recurrent_dropout_.forward(hidden); }

  /// `gradient` [batch, units]: from above; `masked` begins with this step's reviews.
  void step_back(Index t, View<Scalar> gates, ConstView<Scalar> gradient, StepMask masked) {
    const State<Scalar> before = state_before(t);
    State<Scalar> carried = this->carried();
    MatrixMap<Scalar> through_product = hidden_gradient_.shaped(batch_, units());
    carried.hidden += gradient;
    set_aside(masked, carried);
    cell_.backward(t, gates, dropped(before.hidden), before, state_after(t), carried, through_product);
    recurrent_dropout_.apply(through_product);
    carried.hidden += through_product;
    take_back(masked, carried);
  }

  /// From ∂L/∂a and the input of the steps from `first` on.
  void add_weight_gradients(Index first, ConstView<Scalar> gates, MatrixMap<Scalar> input) {
    weights_.input_kernel.gradient.noalias() += gates.transpose() * input_dropout_.forward(input);
    weights_.input_bias.gradient += gates.colwise().sum();
    const MatrixMap<Scalar> hiddens(state_before(first).hidden.data(), gates.rows(), units());
    cell_.add_recurrent_gradients(first, gates, dropped(hiddens));
  }

  void add_input_gradient(ConstView<Scalar> gates, MatrixMap<Scalar> input_gradient) {
    MatrixMap<Scalar> of_gates = input_gradient_.shaped(gates.rows(), weights_.features());
    of_gates.noalias() = gates * weights_.input_kernel.value;
    input_dropout_.apply(of_gates);
    input_gradient += of_gates;
  }

  bool is_masked(StepMask masked, Index slot) const { return masked[static_cast<std::size_t>(slot)] != 0; }

  void pass_through(StepMask masked, Index step, const State<Scalar>& before, State<Scalar> after) const {
    if (masked.empty()) return;
    for (Index review = 0; review < batch_; ++review) {
      if (!is_masked(masked, step * batch_ + review)) continue;
      after.hidden.row(review) = before.hidden.row(review);
      after.memory.row(review) = before.memory.row(review);
    }
  }

  State<Scalar> carried() {
    return {{carried_hidden_.data(), batch_, units()}, {carried_memory_.data(), batch_, memory_units()}};
  }

  /// Takes the gradients of masked reviews out of the cell's way, which so get none at this step …
  void set_aside(StepMask masked, State<Scalar> carried) {
    if (masked.empty()) return;
    aside_hidden_.setZero(batch_, units());
    aside_memory_.setZero(batch_, memory_units());
    for (Index review = 0; review < batch_; ++review) {
      if (!is_masked(masked, review)) continue;
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
  bool homeward_;
  StepDropout<Scalar> input_dropout_;
  StepDropout<Scalar> recurrent_dropout_;
  Index batch_ = 0;
  Index rows_ = 0;              // steps * batch
  Buffer<Scalar> gates_;        // [steps * batch, gates * units], or of a piece, see gates_of
  Buffer<Scalar> hidden_;       // [(steps + 1) * batch, units]
  Buffer<Scalar> memory_;       // [(steps + 1) * batch, units or 0]
  Matrix<Scalar> last_hidden_;  // [batch, units]
  Matrix<Scalar> last_memory_;
  Buffer<Scalar> hidden_gradient_;                  // [batch, units]
  Buffer<Scalar> input_gradient_;                   // of a piece
  Matrix<Scalar> carried_hidden_, carried_memory_;  // ∂L/∂h, ∂L/∂c
  Matrix<Scalar> aside_hidden_, aside_memory_;
};

}  // namespace rnnbench::eigen
