// Sums, products and maxima by element, for one instruction set. Included by kernels.cpp once
// for each.
#if defined(RNNBENCH_FUSED_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef RNNBENCH_FUSED_ROWS_INL
#undef RNNBENCH_FUSED_ROWS_INL
#else
#define RNNBENCH_FUSED_ROWS_INL
#endif

#include <hwy/highway.h>

#include "impls/fused/kernels.hpp"

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <int N>
HWY_INLINE void sum_columns(const Real* rows, std::int64_t stride, const std::int32_t* index, int count,
                            Real* out, bool add) {
  const hn::ScalableTag<Real> d;
  constexpr int kWide = static_cast<int>(HWY_LANES(Real));
  hn::Vec<hn::ScalableTag<Real>> sum[N];
#pragma GCC unroll 8
  for (int n = 0; n < N; ++n) sum[n] = add ? hn::LoadU(d, out + n * kWide) : hn::Zero(d);
  for (int i = 0; i < count; ++i) {
    const Real* row = rows + index[i] * stride;
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n) sum[n] = hn::Add(sum[n], hn::LoadU(d, row + n * kWide));
  }
#pragma GCC unroll 8
  for (int n = 0; n < N; ++n) hn::StoreU(sum[n], d, out + n * kWide);
}

void sum_rows(const Real* rows, std::int64_t stride, const std::int32_t* index, int count, int columns,
              Real* out, bool add) {
  constexpr int kWide = static_cast<int>(HWY_LANES(Real));
  int column = 0;
  for (; column + 8 * kWide <= columns; column += 8 * kWide) {
    sum_columns<8>(rows + column, stride, index, count, out + column, add);
  }
  for (; column + 4 * kWide <= columns; column += 4 * kWide) {
    sum_columns<4>(rows + column, stride, index, count, out + column, add);
  }
  for (; column < columns; column += kWide) {
    sum_columns<1>(rows + column, stride, index, count, out + column, add);
  }
}

/// Applies `of(d, at, limit)` to all whole vectors of `count` elements, and to what is left by single lanes.
template <typename Of>
HWY_INLINE void for_elements(std::int64_t count, const Of& of) {
  const hn::ScalableTag<Real> d;
  const hn::CappedTag<Real, 1> single;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t at = 0;
  for (; at + lanes <= count; at += lanes) of(d, at);
  for (; at < count; ++at) of(single, at);
}

struct AddTo {
  Real* to;
  const Real* from;
  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    hn::StoreU(hn::Add(hn::LoadU(d, to + at), hn::LoadU(d, from + at)), d, to + at);
  }
};

struct MultiplyBy {
  Real* to;
  const Real* by;
  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    hn::StoreU(hn::Mul(hn::LoadU(d, to + at), hn::LoadU(d, by + at)), d, to + at);
  }
};

struct AddProduct {
  Real* to;
  const Real *a, *b;
  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    hn::StoreU(hn::MulAdd(hn::LoadU(d, a + at), hn::LoadU(d, b + at), hn::LoadU(d, to + at)), d, to + at);
  }
};

void add(Real* to, const Real* from, std::int64_t count) { for_elements(count, AddTo{to, from}); }
void multiply(Real* to, const Real* by, std::int64_t count) { for_elements(count, MultiplyBy{to, by}); }
void add_product(Real* to, const Real* a, const Real* b, std::int64_t count) {
  for_elements(count, AddProduct{to, a, b});
}

/// A vector of a mask.
template <class D>
HWY_INLINE hn::Vec<D> factors(D d, const ByteMask& mask, std::int64_t at) {
  const hn::Rebind<std::uint8_t, D> bytes;
  const hn::Rebind<std::int32_t, D> integers;
  const auto stays = hn::PromoteTo(integers, hn::LoadU(bytes, mask.stays + at));
  if constexpr (sizeof(Real) == sizeof(float)) {
    return hn::Mul(hn::ConvertTo(d, stays), hn::Set(d, mask.times));
  } else {
    return hn::Mul(hn::PromoteTo(d, stays), hn::Set(d, mask.times));
  }
}

struct MaskBy {
  Real* to;
  ByteMask mask;
  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    hn::StoreU(hn::Mul(hn::LoadU(d, to + at), factors(d, mask, at)), d, to + at);
  }
};

struct AddMasked {
  Real* to;
  const Real* a;
  ByteMask mask;
  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    hn::StoreU(hn::MulAdd(hn::LoadU(d, a + at), factors(d, mask, at), hn::LoadU(d, to + at)), d, to + at);
  }
};

void mask(Real* to, ByteMask mask, std::int64_t count) {
  if (mask.stays != nullptr) for_elements(count, MaskBy{to, mask});
}
void add_masked(Real* to, const Real* a, ByteMask mask, std::int64_t count) {
  if (mask.stays == nullptr) return add(to, a, count);
  for_elements(count, AddMasked{to, a, mask});
}

struct RaiseMaximum {
  const Real* values;
  ByteMask mask;
  Real tick;
  Real *most, *winner;
  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    auto value = hn::LoadU(d, values + at);
    if (mask.stays != nullptr) value = hn::Mul(value, factors(d, mask, at));
    const auto old = hn::LoadU(d, most + at), old_winner = hn::LoadU(d, winner + at);
    const auto wins = hn::Or(hn::Or(hn::Eq(old_winner, hn::Zero(d)), hn::Gt(value, old)), hn::IsNaN(value));
    hn::StoreU(hn::IfThenElse(wins, value, old), d, most + at);
    hn::StoreU(hn::IfThenElse(wins, hn::Set(d, tick), old_winner), d, winner + at);
  }
};

struct AddWhereWon {
  const Real* values;
  ByteMask mask;
  const Real* winner;
  Real tick;
  Real* to;
  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    auto value = hn::LoadU(d, values + at);
    if (mask.stays != nullptr) value = hn::Mul(value, factors(d, mask, at));
    const auto won = hn::Eq(hn::LoadU(d, winner + at), hn::Set(d, tick));
    hn::StoreU(hn::Add(hn::LoadU(d, to + at), hn::IfThenElseZero(won, value)), d, to + at);
  }
};

void raise_maximum(const Real* values, ByteMask mask, Real tick, Real* most, Real* winner,
                   std::int64_t count) {
  for_elements(count, RaiseMaximum{values, mask, tick, most, winner});
}

void add_where_won(const Real* values, ByteMask mask, const Real* winner, Real tick, Real* to,
                   std::int64_t count) {
  for_elements(count, AddWhereWon{values, mask, winner, tick, to});
}

double squared_sum(const Real* values, std::int64_t count) {
  constexpr std::int64_t kPiece = 4096;  // a Real has digits enough for as many
  const hn::ScalableTag<Real> d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  double total = 0;
  for (std::int64_t begin = 0; begin < count; begin += kPiece) {
    const std::int64_t end = begin + kPiece < count ? begin + kPiece : count;
    auto sum = hn::Zero(d);
    std::int64_t at = begin;
    for (; at + lanes <= end; at += lanes) {
      const auto value = hn::LoadU(d, values + at);
      sum = hn::MulAdd(value, value, sum);
    }
    total += static_cast<double>(hn::GetLane(hn::SumOfLanes(d, sum)));
    for (; at < end; ++at) total += static_cast<double>(values[at]) * static_cast<double>(values[at]);
  }
  return total;
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
