// Sums, products by element and the optimiser's update, for one instruction set. Included by kernels.cpp once
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

struct AdamMove {
  const AdamRates& rates;
  Real* weights;
  const Real* gradients;
  Real *first, *second;

  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    auto weight = hn::LoadU(d, weights + at);
    auto gradient = hn::Mul(hn::Set(d, rates.l2), weight);
    if (gradients != nullptr) {
      gradient = hn::MulAdd(hn::LoadU(d, gradients + at), hn::Set(d, rates.scale), gradient);
    }
    auto mean = hn::LoadU(d, first + at), square = hn::LoadU(d, second + at);
    mean = hn::MulAdd(hn::Set(d, rates.beta1_rest), hn::Sub(gradient, mean), mean);
    square = hn::MulAdd(hn::Set(d, rates.square_keep), square,
                        hn::Mul(hn::Set(d, rates.square_rest), hn::Mul(gradient, gradient)));
    const auto root =
        hn::MulAdd(hn::Sqrt(square), hn::Set(d, 1 / rates.root_correction), hn::Set(d, rates.epsilon));
    weight =
        hn::NegMulAdd(hn::Set(d, rates.step), hn::Div(mean, root), hn::Mul(weight, hn::Set(d, rates.keep)));
    hn::StoreU(mean, d, first + at);
    hn::StoreU(square, d, second + at);
    hn::StoreU(weight, d, weights + at);
  }
};

void adam(const AdamRates& rates, Real* weights, const Real* gradients, Real* first, Real* second,
          std::int64_t count) {
  for_elements(count, AdamMove{rates, weights, gradients, first, second});
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
