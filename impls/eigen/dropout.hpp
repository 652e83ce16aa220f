#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "harness/model/dropout_mask.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// Multiplies each element by one of a mask (harness/model/dropout_mask.hpp).
template <typename Scalar>
class Dropout {
 public:
  Dropout(double rate, std::uint32_t site) : rate_(rate), site_(site) {}

  /// Returns input · mask, valid until the next call; or `input` itself, unchanged, where there is no draw
  /// (inference) or nothing to drop.
  MatrixMap<Scalar> forward(MatrixMap<Scalar> input, const std::optional<DropoutDraw>& draw) {
    drawn_ = draw.has_value() && rate_ > 0;
    if (!drawn_) return input;
    MatrixMap<Scalar> mask = mask_.shaped(input.rows(), input.cols());
    fill_dropout_mask(rate_, site_, *draw, std::span(mask.data(), static_cast<std::size_t>(mask.size())));
    MatrixMap<Scalar> output = output_.shaped(input.rows(), input.cols());
    output = input.cwiseProduct(mask);
    return output;
  }

  /// gradient ← gradient · the mask of the last `forward`, in the rows from `first` on.
  void backward(MatrixMap<Scalar> gradient, Index first = 0) {
    if (!drawn_) return;
    const MatrixMap<Scalar> mask(mask_.data() + first * gradient.cols(), gradient.rows(), gradient.cols());
    gradient.array() *= mask.array();
  }

 private:
  double rate_;
  std::uint32_t site_;
  bool drawn_ = false;
  Buffer<Scalar> mask_;
  Buffer<Scalar> output_;
};

/// The same with one mask [batch, features] for all steps of a sequence: spatial, input and recurrent
/// dropout.
template <typename Scalar>
class StepDropout {
 public:
  StepDropout(double rate, std::uint32_t site) : rate_(rate), site_(site) {}

  /// Decides what is dropped from now on: nothing where there is no draw.
  void draw(Index batch, Index features, const std::optional<DropoutDraw>& draw) {
    drawn_ = draw.has_value() && rate_ > 0;
    if (!drawn_) return;
    mask_.resize(batch, features);
    fill_dropout_mask(rate_, site_, *draw, std::span(mask_.data(), static_cast<std::size_t>(mask_.size())));
  }

  /// Returns input · mask for `input` [steps * batch, features], valid until the next call; or `input`
  /// itself where nothing is dropped.
  MatrixMap<Scalar> forward(MatrixMap<Scalar> input) {
    if (!drawn_) return input;
    MatrixMap<Scalar> output = output_.shaped(input.rows(), input.cols());
    for (Index t = 0; t < input.rows() / mask_.rows(); ++t) {
      step_of(output, t, mask_.rows()) = step_of(input, t, mask_.rows()).cwiseProduct(mask_);
    }
    return output;
  }

  /// values ← values · mask, for any number of steps: on the way back, and forward where nobody needs what
  /// they were.
  void apply(MatrixMap<Scalar> values) const {
    if (!drawn_) return;
    for (Index t = 0; t < values.rows() / mask_.rows(); ++t) {
      step_of(values, t, mask_.rows()).array() *= mask_.array();
    }
  }

 private:
  double rate_;
  std::uint32_t site_;
  bool drawn_ = false;
  Matrix<Scalar> mask_;
  Buffer<Scalar> output_;
};

}  // namespace rnnbench::eigen
