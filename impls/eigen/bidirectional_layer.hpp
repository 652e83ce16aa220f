#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "impls/eigen/recurrent_layer.hpp"

namespace rnnbench::eigen {

/// Two layers over one sequence, the second from its end to its start (Schuster and Paliwal 1997). At each
/// step the outputs stand side by side, forward first: [steps * batch, 2 * units].
template <typename Scalar>
class BidirectionalLayer final : public RecurrentLayer<Scalar> {
 public:
  using Direction = std::unique_ptr<RecurrentLayer<Scalar>>;

  BidirectionalLayer(Direction onward, Direction homeward)
      : onward_(std::move(onward)), homeward_(std::move(homeward)) {}

  Index units() const override { return onward_->units() + homeward_->units(); }
  bool needs_all_steps() const override { return true; }

  void reset(Index batch, const Draw& draw) override {
    batch_ = batch;
    onward_->reset(batch, draw);
    homeward_->reset(batch, draw);
  }

  MatrixMap<Scalar> forward(MatrixMap<Scalar> input, StepMask masked) override {
    reversed_input_.shaped(input.rows(), input.cols());
    reverse(input, reversed_input(input));
    reverse(masked);
    MatrixMap<Scalar> output = output_.shaped(input.rows(), units());
    output.leftCols(onward_->units()) = onward_->forward(input, masked);
    reverse(homeward_->forward(reversed_input(input), reversed_mask_), output.rightCols(homeward_->units()));
    return output;
  }

  void backward(MatrixMap<Scalar> input, StepMask masked, ConstView<Scalar> gradient,
                MatrixMap<Scalar> input_gradient) override {
    onward_->backward(input, masked, gradient.leftCols(onward_->units()), input_gradient);
    MatrixMap<Scalar> reversed_gradient = reversed_gradient_.shaped(input.rows(), homeward_->units());
    reverse(gradient.rightCols(homeward_->units()), reversed_gradient);
    MatrixMap<Scalar> of_input =
        homeward_input_gradient_.shaped(input_gradient.rows(), input_gradient.cols());
    homeward_->backward(reversed_input(input), reversed_mask_, reversed_gradient, of_input);
    for (Index t = 0; t < of_input.rows() / batch_; ++t) {
      step_of(input_gradient, t, batch_) += step_of(of_input, of_input.rows() / batch_ - 1 - t, batch_);
    }
  }

 private:
  /// to ← from, the last step first.
  void reverse(ConstView<Scalar> from, View<Scalar> to) const {
    const Index steps = from.rows() / batch_;
    for (Index t = 0; t < steps; ++t) step_of(to, t, batch_) = step_of(from, steps - 1 - t, batch_);
  }

  void reverse(StepMask masked) {
    reversed_mask_.resize(masked.size());
    const auto batch = static_cast<std::size_t>(batch_);
    for (std::size_t at = 0; at < masked.size(); at += batch) {
      std::copy_n(masked.end() - static_cast<std::ptrdiff_t>(at + batch), batch,
                  reversed_mask_.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  MatrixMap<Scalar> reversed_input(MatrixMap<Scalar> input) {
    return reversed_input_.shaped(input.rows(), input.cols());
  }

  Direction onward_;
  Direction homeward_;
  Index batch_ = 0;
  Buffer<Scalar> reversed_input_;     // [steps * batch, features]
  Buffer<Scalar> output_;             // [steps * batch, 2 * units]
  Buffer<Scalar> reversed_gradient_;  // [steps * batch, units]
  Buffer<Scalar> homeward_input_gradient_;
  std::vector<std::uint8_t> reversed_mask_;
};

}  // namespace rnnbench::eigen
