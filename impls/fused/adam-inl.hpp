// The optimiser's update, for one instruction set. Included by kernels.cpp once for each.
#if defined(RNNBENCH_FUSED_ADAM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef RNNBENCH_FUSED_ADAM_INL
#undef RNNBENCH_FUSED_ADAM_INL
#else
#define RNNBENCH_FUSED_ADAM_INL
#endif

#include <hwy/highway.h>

#include <span>

#include "impls/fused/kernels.hpp"
#include "impls/fused/rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// N vectors of weights and their moments.
template <class V, int N>
struct AdamVectors {
  V weight[N], mean[N], square[N];
};

template <int N, class D, class V = hn::Vec<D>>
HWY_INLINE void load(D d, const Real* weights, const Real* first, const Real* second, std::int64_t at,
                     AdamVectors<V, N>& to) {
#pragma GCC unroll 8
  for (int n = 0; n < N; ++n) {
    const std::int64_t place = at + n * static_cast<std::int64_t>(hn::Lanes(d));
    to.weight[n] = hn::LoadU(d, weights + place);
    to.mean[n] = hn::LoadU(d, first + place);
    to.square[n] = hn::LoadU(d, second + place);
  }
}

template <int N, class D, class V = hn::Vec<D>>
HWY_INLINE void store(D d, const AdamVectors<V, N>& from, Real* weights, Real* first, Real* second,
                      std::int64_t at) {
#pragma GCC unroll 8
  for (int n = 0; n < N; ++n) {
    const std::int64_t place = at + n * static_cast<std::int64_t>(hn::Lanes(d));
    hn::StoreU(from.weight[n], d, weights + place);
    hn::StoreU(from.mean[n], d, first + place);
    hn::StoreU(from.square[n], d, second + place);
  }
}

/// One step of the n-th vector; `gradient` with clipping and l2 in it.
template <int N, class D, class V = hn::Vec<D>>
HWY_INLINE void adam_move(D d, const AdamRates& rates, V gradient, AdamVectors<V, N>& of, int n) {
  V &weight = of.weight[n], &mean = of.mean[n], &square = of.square[n];
  mean = hn::MulAdd(hn::Set(d, rates.beta1_rest), hn::Sub(gradient, mean), mean);
  square = hn::MulAdd(hn::Set(d, rates.square_keep), square,
                      hn::Mul(hn::Set(d, rates.square_rest), hn::Mul(gradient, gradient)));
  const V root =
      hn::MulAdd(hn::Sqrt(square), hn::Set(d, 1 / rates.root_correction), hn::Set(d, rates.epsilon));
  weight =
      hn::NegMulAdd(hn::Set(d, rates.step), hn::Div(mean, root), hn::Mul(weight, hn::Set(d, rates.keep)));
}

/// Steps one after the other of N vectors; without gradients, those of what l2 pulls alone.
template <int N>
struct AdamMove {
  std::span<const AdamRates> steps;
  Real* weights;
  const Real* gradients;
  Real *first, *second;

  template <class D>
  HWY_INLINE void operator()(D d, std::int64_t at) const {
    AdamVectors<hn::Vec<D>, N> of;
    load(d, weights, first, second, at, of);
    for (const AdamRates& rates : steps) {
#pragma GCC unroll 8
      for (int n = 0; n < N; ++n) {
        auto gradient = hn::Mul(hn::Set(d, rates.l2), of.weight[n]);
        if (gradients != nullptr) {
          const std::int64_t place = at + n * static_cast<std::int64_t>(hn::Lanes(d));
          gradient = hn::MulAdd(hn::LoadU(d, gradients + place), hn::Set(d, rates.scale), gradient);
        }
        adam_move(d, rates, gradient, of, n);
      }
    }
    store(d, of, weights, first, second, at);
  }

  /// Moves as many whole groups of N vectors as there are from `at` on; returns where it ended.
  HWY_INLINE std::int64_t move(std::int64_t at, std::int64_t count) const {
    const hn::ScalableTag<Real> d;
    const auto wide = N * static_cast<std::int64_t>(hn::Lanes(d));
    for (; at + wide <= count; at += wide) (*this)(d, at);
    return at;
  }
};

/// A step waits for the root and the quotient of the one before: several vectors at a time.
HWY_INLINE void adam_steps(std::span<const AdamRates> steps, Real* weights, const Real* gradients,
                           Real* first, Real* second, std::int64_t count) {
  std::int64_t at = AdamMove<8>{steps, weights, gradients, first, second}.move(0, count);
  at = AdamMove<4>{steps, weights, gradients, first, second}.move(at, count);
  if (gradients != nullptr) gradients += at;
  for_elements(count - at, AdamMove<1>{steps, weights + at, gradients, first + at, second + at});
}

void adam(const AdamRates& rates, Real* weights, const Real* gradients, Real* first, Real* second,
          std::int64_t count) {
  adam_steps({&rates, 1}, weights, gradients, first, second, count);
}

void adam_idle(std::span<const AdamRates> steps, Real* weights, Real* first, Real* second,
               std::int64_t count) {
  adam_steps(steps, weights, nullptr, first, second, count);
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
