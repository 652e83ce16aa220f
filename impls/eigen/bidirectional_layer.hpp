#pragma once

#include <memory>
#include <utility>

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
  bool needs_all_steps() const override { return homeward_->needs_all_steps(); }

  void reset(Index batch, const Draw& draw) override {
    onward_->reset(batch, draw);
    homeward_->reset(batch, draw);
  }

  MatrixMap<Scalar> forward(MatrixMap<Scalar> input, StepMask masked) override {
    MatrixMap<Scalar> output = output_.shaped(input.rows(), units());
    output.leftCols(onward_->units()) = onward_->forward(input, masked);
    output.rightCols(homeward_->units()) = homeward_->forward(input, masked);
    return output;
  }

  void begin_backward() override {
    onward_->begin_backward();
    homeward_->begin_backward();
  }

  void backward(Index first, MatrixMap<Scalar> input, StepMask masked, ConstView<Scalar> gradient,
                MatrixMap<Scalar> input_gradient) override {
    onward_->backward(first, input, masked, gradient.leftCols(onward_->units()), input_gradient);
    homeward_->backward(first, input, masked, gradient.rightCols(homeward_->units()), input_gradient);
  }

 private:
  Direction onward_;
  Direction homeward_;
  Buffer<Scalar> output_;  // [steps * batch, 2 * units]
};

}  // namespace rnnbench::eigen
