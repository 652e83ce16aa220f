// Masks of dropout, for one instruction set. Included by kernels.cpp once for each.
#if defined(RNNBENCH_FUSED_MASKS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef RNNBENCH_FUSED_MASKS_INL
#undef RNNBENCH_FUSED_MASKS_INL
#else
#define RNNBENCH_FUSED_MASKS_INL
#endif

#include <hwy/highway.h>

#include "impls/fused/kernels.hpp"

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
/// The halves of 64-bit products of 32-bit lanes.
template <class V>
struct Halves {
  V high, low;
};

template <class D, class V = hn::Vec<D>>
HWY_INLINE Halves<V> multiply_wide(D d, V a, V factor) {
  const hn::Repartition<std::uint64_t, D> wide;
  const auto even = hn::MulEven(a, factor);
  const auto odd = hn::MulEven(hn::BitCast(d, hn::ShiftRight<32>(hn::BitCast(wide, a))), factor);
  return {hn::OddEven(hn::BitCast(d, odd), hn::BitCast(d, hn::ShiftRight<32>(even))),
          hn::OddEven(hn::BitCast(d, hn::ShiftLeft<32>(odd)), hn::BitCast(d, even))};
}
#endif

/// As fill_dropout_mask, whole blocks of kDropoutBlock elements from the `first` on: what philox_lanes does,
/// with its words and the comparison in registers. In single precision; masks of checks are the harness's.
void draw_mask(const DropoutRule& rule, std::uint64_t first, Real* mask, std::int64_t blocks) {
#if HWY_TARGET != HWY_SCALAR
  if constexpr (sizeof(Real) == sizeof(float)) {
    const hn::CappedTag<std::uint32_t, kPhiloxLanes> d;
    const hn::Rebind<float, decltype(d)> df;
    using V = hn::Vec<decltype(d)>;
    const std::size_t lanes = hn::Lanes(d);
    const V left_factor = hn::Set(d, 0xD2511F53U), right_factor = hn::Set(d, 0xCD9E8D57U);
    const V threshold = hn::Set(d, rule.threshold);
    const auto kept = hn::Set(df, static_cast<float>(rule.kept));
    auto* to = reinterpret_cast<float*>(mask);
    for (std::int64_t block = 0; block < blocks; ++block, to += kDropoutBlock) {
      const auto counter =
          static_cast<std::uint32_t>((first + static_cast<std::uint64_t>(block)) * kPhiloxLanes);
      for (std::size_t l = 0; l < kPhiloxLanes; l += lanes) {
        V words[4] = {hn::Iota(d, counter + static_cast<std::uint32_t>(l)), hn::Set(d, rule.counter[1]),
                      hn::Set(d, rule.counter[2]), hn::Set(d, rule.counter[3])};
        std::uint32_t key0 = rule.key[0], key1 = rule.key[1];
        for (int round = 0; round < 10; ++round, key0 += 0x9E3779B9U, key1 += 0xBB67AE85U) {
          const auto [left_high, left_low] = multiply_wide(d, words[0], left_factor);
          const auto [right_high, right_low] = multiply_wide(d, words[2], right_factor);
          words[0] = hn::Xor(hn::Xor(right_high, words[1]), hn::Set(d, key0));
          words[1] = right_low;
          words[2] = hn::Xor(hn::Xor(left_high, words[3]), hn::Set(d, key1));
          words[3] = left_low;
        }
        for (std::size_t w = 0; w < 4; ++w) {
          const auto stays = hn::RebindMask(df, hn::Not(hn::Lt(words[w], threshold)));
          hn::StoreU(hn::IfThenElseZero(stays, kept), df, to + w * kPhiloxLanes + l);
        }
      }
    }
    return;
  }
#endif
  fill_dropout_mask(rule, std::span(mask, static_cast<std::size_t>(blocks) * kDropoutBlock),
                    first * kDropoutBlock);
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
