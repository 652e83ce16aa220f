// Masks of dropout, for one instruction set. Included by kernels.cpp once for each.
#if defined(RNNBENCH_FUSED_MASKS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef RNNBENCH_FUSED_MASKS_INL
#undef RNNBENCH_FUSED_MASKS_INL
#else
#define RNNBENCH_FUSED_MASKS_INL
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <span>

#include "impls/fused/kernels.hpp"

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
// Vectors of counters that are taken together: the rounds of one follow from each other.
#if HWY_TARGET == HWY_AVX3
constexpr int kCountersTogether = 4;
#else
constexpr int kCountersTogether = 2;
#endif

/// The words of a vector of counters, one in each 64 bits: what is in the upper halves doesn't matter.
template <class V>
struct PhiloxVector {
  V words[4];
};

/// Philox4x32-10 (Salmon et al. 2011) in kCountersTogether vectors.
template <class D, class V = hn::Vec<D>>
HWY_INLINE void philox_rounds(D d, const DropoutRule& rule, PhiloxVector<V>* vectors) {
  const V left_factor = hn::Set(d, 0xD2511F53U), right_factor = hn::Set(d, 0xCD9E8D57U);
  std::uint32_t key0 = rule.key[0], key1 = rule.key[1];
  for (int round = 0; round < 10; ++round, key0 += 0x9E3779B9U, key1 += 0xBB67AE85U) {
#pragma GCC unroll 4
    for (int i = 0; i < kCountersTogether; ++i) {
      V* words = vectors[i].words;
      const auto left = hn::MulEven(words[0], left_factor), right = hn::MulEven(words[2], right_factor);
      words[0] = hn::Xor3(hn::BitCast(d, hn::ShiftRight<32>(right)), words[1], hn::Set(d, key0));
      words[1] = hn::BitCast(d, right);
      words[2] = hn::Xor3(hn::BitCast(d, hn::ShiftRight<32>(left)), words[3], hn::Set(d, key1));
      words[3] = hn::BitCast(d, left);
    }
  }
}
#endif

/// What stays of fill_dropout_mask's, whole blocks of kDropoutBlock elements from the `first` on: what
/// philox_lanes does, with its words and the comparison in registers.
void draw_mask(const DropoutRule& rule, std::uint64_t first, std::uint8_t* stays, std::int64_t blocks) {
#if HWY_TARGET == HWY_SCALAR
  std::array<float, kDropoutBlock> mask;
  for (std::int64_t block = 0; block < blocks; ++block, stays += kDropoutBlock) {
    fill_dropout_mask(rule, std::span<float>(mask),
                      (first + static_cast<std::uint64_t>(block)) * kDropoutBlock);
    std::transform(mask.begin(), mask.end(), stays, [](float factor) { return factor != 0 ? 1 : 0; });
  }
#else
  const hn::ScalableTag<std::uint32_t> d;
  const hn::ScalableTag<std::uint64_t> wide;
  const hn::ScalableTag<std::int32_t> integers;
  const hn::Rebind<std::uint8_t, decltype(d)> bytes;
  using V = hn::Vec<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const V threshold = hn::Set(d, rule.threshold), one = hn::Set(d, 1U);
  for (std::int64_t block = 0; block < blocks; ++block, stays += kDropoutBlock) {
    const std::uint64_t counter = (first + static_cast<std::uint64_t>(block)) * kPhiloxLanes;
    for (std::size_t l = 0; l < kPhiloxLanes; l += lanes * kCountersTogether / 2) {
      // Even counters and odd ones, so that a store has them in order.
      PhiloxVector<V> vectors[kCountersTogether];
      for (std::size_t i = 0; i < kCountersTogether; ++i) {
        const std::uint64_t from = counter + l + i / 2 * lanes + i % 2;
        const auto counters =
            hn::Add(hn::ShiftLeft<1>(hn::Iota(wide, std::uint64_t{0})), hn::Set(wide, from));
        vectors[i] = {{hn::BitCast(d, counters), hn::Set(d, rule.counter[1]), hn::Set(d, rule.counter[2]),
                       hn::Set(d, rule.counter[3])}};
      }
      philox_rounds(d, rule, vectors);
      for (std::size_t i = 0; i < kCountersTogether; i += 2) {
        for (std::size_t w = 0; w < 4; ++w) {
          const V odd = hn::BitCast(d, hn::ShiftLeft<32>(hn::BitCast(wide, vectors[i + 1].words[w])));
          const V words = hn::OddEven(odd, vectors[i].words[w]);
          const V kept = hn::IfThenElseZero(hn::Not(hn::Lt(words, threshold)), one);
          hn::StoreU(hn::DemoteTo(bytes, hn::BitCast(integers, kept)), bytes,
                     stays + w * kPhiloxLanes + l + i / 2 * lanes);
        }
      }
    }
  }
#endif
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
