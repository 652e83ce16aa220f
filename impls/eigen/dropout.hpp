#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "impls/eigen/matrix.hpp"
#include "impls/eigen/philox_lanes.hpp"

namespace rnnbench::eigen {

/// Which draw of the masks: they depend on these two, the site and the element, and on nothing else.
struct DropoutDraw {
  std::uint64_t seed = 0;
  std::uint64_t step = 0;
};

/// Where in a model a mask acts; two sites never share random numbers. Values never change.
enum class DropoutKind : std::uint32_t { kLayerOutput = 0, kPooled = 1, kDense = 2 };
constexpr std::uint32_t dropout_site(DropoutKind kind, std::size_t index) {
  return static_cast<std::uint32_t>(kind) << 24U | static_cast<std::uint32_t>(index);
}

/// Drops each element with probability `rate` and scales the others by 1 / (1 − rate), so that the mean
/// stays (Srivastava et al. 2014, section 10, "inverted").
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
    fill(mask, *draw);
    MatrixMap<Scalar> output = output_.shaped(input.rows(), input.cols());
    output = input.cwiseProduct(mask);
    return output;
  }

  /// gradient ← gradient · the mask of the last `forward`.
  void backward(View<Scalar> gradient) {
    if (drawn_) gradient.array() *= mask_.shaped(gradient.rows(), gradient.cols()).array();
  }

 private:
  // An element is dropped where its 32-bit word is below rate · 2³².
  void fill(MatrixMap<Scalar>& mask, const DropoutDraw& draw) const {
    const auto threshold = static_cast<std::uint32_t>(std::ldexp(rate_, 32));
    const Scalar scale = Scalar(1 / (1 - rate_));
    const std::array<std::uint32_t, 4> counter = {0, static_cast<std::uint32_t>(draw.step), site_,
                                                  static_cast<std::uint32_t>(draw.step >> 32U)};
    const std::array<std::uint32_t, 2> key = {static_cast<std::uint32_t>(draw.seed),
                                              static_cast<std::uint32_t>(draw.seed >> 32U)};
    PhiloxWords words;
    std::uint32_t block = 0;
    Index at = 0;
    while (at < mask.size()) {
      philox_lanes(block, counter, key, words);
      block += kPhiloxLanes;
      for (const auto& lanes : words) {
        const Index count = std::min<Index>(kPhiloxLanes, mask.size() - at);
        for (Index l = 0; l < count; ++l) {
          mask.data()[at + l] = lanes[static_cast<std::size_t>(l)] < threshold ? Scalar(0) : scale;
        }
        at += count;
      }
    }
  }

  double rate_;
  std::uint32_t site_;
  bool drawn_ = false;
  Buffer<Scalar> mask_;
  Buffer<Scalar> output_;
};

}  // namespace rnnbench::eigen
