#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "harness/model/dropout_mask.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// Multiplies by a mask of harness/model/dropout_mask.hpp.
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

  /// gradient ← gradient · the mask of the last `forward`.
  void backward(View<Scalar> gradient) {
    if (drawn_) gradient.array() *= mask_.shaped(gradient.rows(), gradient.cols()).array();
  }

 private:
  double rate_;
  std::uint32_t site_;
  bool drawn_ = false;
  Buffer<Scalar> mask_;
  Buffer<Scalar> output_;
};

}  // namespace rnnbench::eigen
