#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "harness/core/philox_lanes.hpp"

namespace rnnbench {

/// Which draw of the masks: they depend on these two, the site and the element, and on nothing else, so
/// that two engines can be given the same ones.
struct DropoutDraw {
  std::uint64_t seed = 0;  ///< RunSeeds::dropout
  std::uint64_t step = 0;  ///< optimiser steps taken before
};

/// Where in a model a mask acts, and the mask's shape. Values never change.
enum class DropoutKind : std::uint32_t {
  kLayerOutput = 0,  ///< [time, reviews, features]
  kPooled = 1,       ///< [reviews, features]
  kDense = 2,        ///< [reviews, units]
  kSpatial = 3,      ///< [reviews, size]: whole features of the embedding
  kInput = 4,        ///< [reviews, features], the same at every step
  kRecurrent = 5,    ///< [reviews, units], the same at every step
};

/// The place of a mask, of layer `index` and its direction; two sites never share random numbers.
constexpr std::uint32_t dropout_site(DropoutKind kind, std::size_t index, bool backward = false) {
  return static_cast<std::uint32_t>(kind) << 24U | (backward ? 1U << 23U : 0U) |
         static_cast<std::uint32_t>(index);
}

/// Elements whose random words are made at once.
inline constexpr std::size_t kDropoutBlock = 4 * kPhiloxLanes;

/// How the elements of a mask are made: 0 with probability `rate`, else 1 / (1 − rate), so that the mean
/// stays (Srivastava et al. 2014, section 10, "inverted"). An element is dropped where its 32-bit word of
/// Philox is below rate · 2³²; element e has word (e mod 128) / 32 of counter 32 · (e div 128) + e mod 32.
struct DropoutRule {
  DropoutRule(double rate, std::uint32_t site, const DropoutDraw& draw)
      : threshold(static_cast<std::uint32_t>(std::ldexp(rate, 32))),
        kept(1 / (1 - rate)),
        counter{0, static_cast<std::uint32_t>(draw.step), site, static_cast<std::uint32_t>(draw.step >> 32U)},
        key{static_cast<std::uint32_t>(draw.seed), static_cast<std::uint32_t>(draw.seed >> 32U)} {}

  std::uint32_t threshold;
  double kept;
  std::array<std::uint32_t, 4> counter;  ///< the first is the element's
  std::array<std::uint32_t, 2> key;
};

/// Fills a mask, row-major, or its elements from `first` on, a multiple of kDropoutBlock.
template <typename Scalar>
void fill_dropout_mask(const DropoutRule& rule, std::span<Scalar> mask, std::uint64_t first = 0) {
  PhiloxWords words;
  auto block = static_cast<std::uint32_t>(first / kDropoutBlock * kPhiloxLanes);
  for (std::size_t at = 0; at < mask.size();) {
    philox_lanes(block, rule.counter, rule.key, words);
    block += kPhiloxLanes;
    for (const auto& lanes : words) {
      const std::size_t count = std::min(kPhiloxLanes, mask.size() - at);
      for (std::size_t l = 0; l < count; ++l) {
        mask[at + l] = lanes[l] < rule.threshold ? Scalar(0) : static_cast<Scalar>(rule.kept);
      }
      at += count;
    }
  }
}

template <typename Scalar>
void fill_dropout_mask(double rate, std::uint32_t site, const DropoutDraw& draw, std::span<Scalar> mask) {
  fill_dropout_mask(DropoutRule(rate, site, draw), mask);
}

}  // namespace rnnbench
