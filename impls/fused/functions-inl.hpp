// tanh and the logistic function on vectors, for one instruction set. Included by kernels.cpp once for each.
#if defined(RNNBENCH_FUSED_FUNCTIONS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef RNNBENCH_FUSED_FUNCTIONS_INL
#undef RNNBENCH_FUSED_FUNCTIONS_INL
#else
#define RNNBENCH_FUSED_FUNCTIONS_INL
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// e^z = scale · (1 + rest), with scale a power of two and |rest| < 0.42.
template <class D, class V = hn::Vec<D>>
struct Exponential {
  V scale, rest;
};

/// 1.5 · 2²³: a float of its size has the digits of an integer, and the number that was added is rounded to
/// its last ones. Round and ConvertTo look after numbers that don't fit: with them a tanh takes half as long
/// again.
constexpr float kToInteger = 12582912.0F;

/// In single precision, for |z| ≤ 87. With n = round(z / ln 2) and r = z − n ln 2, ln 2 in two parts (Cody
/// and Waite 1980, chapter 6), rest = r + r² q(r): q interpolates (e^r − 1 − r) / r² at five Chebyshev nodes
/// of |r| ≤ ln 2 / 2, which leaves a relative error of 2.6·10⁻⁸ of e^r − 1.
template <class D, class V = hn::Vec<D>>
HWY_INLINE Exponential<D> exponential(D d, V z) {
  static_assert(sizeof(hn::TFromD<D>) == 4);
  const hn::RebindToSigned<D> di;
  const V shifted = hn::MulAdd(z, hn::Set(d, 1.44269504F), hn::Set(d, kToInteger));
  const V n = hn::Sub(shifted, hn::Set(d, kToInteger));
  V r = hn::NegMulAdd(n, hn::Set(d, 0.693359375F), z);
  r = hn::NegMulAdd(n, hn::Set(d, -2.12194440e-4F), r);
  V q = hn::MulAdd(r, hn::Set(d, 0.0013926213F), hn::Set(d, 0.0083632031F));
  q = hn::MulAdd(r, q, hn::Set(d, 0.0416665561F));
  q = hn::MulAdd(r, q, hn::Set(d, 0.1666657627F));
  q = hn::MulAdd(r, q, hn::Set(d, 0.5F));
  const auto exponent = hn::Add(hn::ShiftLeft<23>(hn::BitCast(di, shifted)), hn::Set(di, 127 << 23));
  return {hn::BitCast(d, exponent), hn::MulAdd(hn::Mul(r, r), q, r)};
}

/// x, or the bound where it is beyond. What is no number stays none: of two operands one of which is none,
/// Max and Min give the second on x86, none on ARM, and the bound in Highway's own form for a single lane.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V at_least(D /*d*/, V bound, V x) {
#if HWY_TARGET == HWY_SCALAR
  return hn::IfThenElse(hn::Lt(x, bound), bound, x);
#else
  return hn::Max(bound, x);
#endif
}
template <class D, class V = hn::Vec<D>>
HWY_INLINE V at_most(D /*d*/, V bound, V x) {
#if HWY_TARGET == HWY_SCALAR
  return hn::IfThenElse(hn::Gt(x, bound), bound, x);
#else
  return hn::Min(bound, x);
#endif
}

/// A function's value as above / below: so that two functions can share a division. The product of two
/// `below`s of which one is a tanh's has a reciprocal.
template <class V>
struct Fraction {
  V above, below;
};

/// σ(x) = 1 / (1 + e^−x); 4.5·10⁻³⁸ below −86, of which half is no denormal. In single precision only, as
/// tanh_fraction.
template <class D, class V = hn::Vec<D>>
HWY_INLINE Fraction<V> logistic_fraction(D d, V x) {
  const V one = hn::Set(d, 1.0F);
  const V z = at_least(d, hn::Set(d, -86.0F), at_most(d, hn::Set(d, 86.0F), hn::Neg(x)));
  const auto e = exponential(d, z);
  return {one, hn::Add(one, hn::MulAdd(e.scale, e.rest, e.scale))};
}

/// tanh x = −(e^z − 1) / (e^z + 1) with z = −2 |x|, and the sign of x.
template <class D, class V = hn::Vec<D>>
HWY_INLINE Fraction<V> tanh_fraction(D d, V x) {
  const V z = at_least(d, hn::Set(d, -40.0F), hn::Mul(hn::Set(d, -2.0F), hn::Abs(x)));
  const auto e = exponential(d, z);
  const V less_one = hn::MulAdd(e.scale, e.rest, hn::Sub(e.scale, hn::Set(d, 1.0F)));
  return {hn::CopySign(less_one, x), hn::Add(less_one, hn::Set(d, 2.0F))};
}

// In double precision the functions are Highway's own.

/// The logistic function within 2.5·10⁻⁷ of itself.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V logistic(D d, V x) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    const V one = hn::Set(d, 1.0F);
    // Highway's exponential is one up to 706, and of no number zero.
    const V y = hn::Div(one, hn::Add(one, hn::Exp(d, at_most(d, hn::Set(d, 700.0F), hn::Neg(x)))));
    return hn::IfThenElse(hn::IsNaN(x), x, y);
  } else {
    const auto [above, below] = logistic_fraction(d, x);
    return hn::Div(above, below);
  }
}

/// tanh within 3·10⁻⁷ of itself.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V tanh(D d, V x) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    return hn::Tanh(d, x);
  } else {
    const auto [above, below] = tanh_fraction(d, x);
    return hn::Div(above, below);
  }
}

/// σ(x) and tanh(y) with one division, within 4·10⁻⁷ of themselves.
template <class V>
struct LogisticAndTanh {
  V logistic, tanh;
};
template <class D, class V = hn::Vec<D>>
HWY_INLINE LogisticAndTanh<V> logistic_and_tanh(D d, V x, V y) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    return {logistic(d, x), tanh(d, y)};
  } else {
    const auto [s_above, s_below] = logistic_fraction(d, x);
    const auto [t_above, t_below] = tanh_fraction(d, y);
    const V share = hn::Div(s_above, hn::Mul(s_below, t_below));
    return {hn::Mul(share, t_below), hn::Mul(hn::Mul(share, s_below), t_above)};
  }
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
