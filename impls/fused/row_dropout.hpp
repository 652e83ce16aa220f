#pragma once

#include <span>

#include "harness/model/dropout_mask.hpp"
#include "impls/eigen/matrix.hpp"
#include "impls/fused/real.hpp"

namespace rnnbench::fused {

/// Dropout on what the head has of a batch, [reviews, features], where only some reviews' rows are at hand.
class RowDropout {
 public:
  RowDropout(double rate, std::uint32_t site) : rate_(rate), site_(site) {}

  /// The mask of a whole batch; none without a draw.
  void draw(eigen::Index reviews, eigen::Index features, const std::optional<DropoutDraw>& draw) {
    drawn_ = draw.has_value() && rate_ > 0;
    if (!drawn_) return;
    mask_.resize(reviews, features);
    fill_dropout_mask(rate_, site_, *draw, std::span(mask_.data(), static_cast<std::size_t>(mask_.size())));
  }

  /// input · mask, valid until the next call; or `input` itself where nothing is dropped. Row i is review
  /// reviews[i]'s.
  eigen::MatrixMap<Real> forward(std::span<const int> reviews, eigen::MatrixMap<Real> input) {
    if (!drawn_) return input;
    eigen::MatrixMap<Real> output = output_.shaped(input.rows(), input.cols());
    output = input;
    backward(reviews, output);
    return output;
  }

  /// gradient ← gradient · mask.
  void backward(std::span<const int> reviews, eigen::MatrixMap<Real> gradient) const {
    if (!drawn_) return;
    for (std::size_t i = 0; i < reviews.size(); ++i) {
      gradient.row(static_cast<eigen::Index>(i)).array() *= mask_.row(reviews[i]).array();
    }
  }

 private:
  double rate_;
  std::uint32_t site_;
  bool drawn_ = false;
  eigen::Matrix<Real> mask_;
  eigen::Buffer<Real> output_;
};

}  // namespace rnnbench::fused
