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

/// In single precision, for |z| ≤ 87. With n = round(z / ln 2) and r = z − n ln 2, ln 2 in two parts (Cody
/// and Waite 1980, chapter 6), rest = r + r² q(r): q interpolates (e^r − 1 − r) / r² at five Chebyshev nodes
/// of |r| ≤ ln 2 / 2, which leaves a relative error of 2.6·10⁻⁸ of e^r − 1.
template <class D, class V = hn::Vec<D>>
HWY_INLINE Exponential<D> exponential(D d, V z) {
  static_assert(sizeof(hn::TFromD<D>) == 4);
  const hn::RebindToSigned<D> di;
  const V n = hn::Round(hn::Mul(z, hn::Set(d, 1.44269504F)));
  V r = hn::NegMulAdd(n, hn::Set(d, 0.693359375F), z);
  r = hn::NegMulAdd(n, hn::Set(d, -2.12194440e-4F), r);
  V q = hn::MulAdd(r, hn::Set(d, 0.0013926213F), hn::Set(d, 0.0083632031F));
  q = hn::MulAdd(r, q, hn::Set(d, 0.0416665561F));
  q = hn::MulAdd(r, q, hn::Set(d, 0.1666657627F));
  q = hn::MulAdd(r, q, hn::Set(d, 0.5F));
  const auto exponent = hn::ShiftLeft<23>(hn::Add(hn::ConvertTo(di, n), hn::Set(di, 127)));
  return {hn::BitCast(d, exponent), hn::MulAdd(hn::Mul(r, r), q, r)};
}

/// x, or the bound where it is beyond; what is no number stays none, as with Min and Max it may not.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V at_least(D /*d*/, V bound, V x) {
  return hn::IfThenElse(hn::Lt(x, bound), bound, x);
}
template <class D, class V = hn::Vec<D>>
HWY_INLINE V at_most(D /*d*/, V bound, V x) {
  return hn::IfThenElse(hn::Gt(x, bound), bound, x);
}

// In double precision the functions are Highway's own.

/// σ(x) = 1 / (1 + e^−x), within 2.5·10⁻⁷ of itself; 1.6·10⁻³⁸ below −87.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V logistic(D d, V x) {
  const V one = hn::Set(d, 1.0F);
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    // Highway's exponential is one up to 706.
    return hn::Div(one, hn::Add(one, hn::Exp(d, at_most(d, hn::Set(d, 700.0F), hn::Neg(x)))));
  } else {
    const V z = at_least(d, hn::Set(d, -87.0F), at_most(d, hn::Set(d, 87.0F), hn::Neg(x)));
    const auto e = exponential(d, z);
    return hn::Div(one, hn::Add(one, hn::MulAdd(e.scale, e.rest, e.scale)));
  }
}

/// tanh x = −(e^z − 1) / (e^z + 1) with z = −2 |x|, and the sign of x; within 3·10⁻⁷ of itself.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V tanh(D d, V x) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    return hn::Tanh(d, x);
  } else {
    const V one = hn::Set(d, 1.0F);
    const V z = at_least(d, hn::Set(d, -40.0F), hn::Mul(hn::Set(d, -2.0F), hn::Abs(x)));
    const auto e = exponential(d, z);
    const V less_one = hn::MulAdd(e.scale, e.rest, hn::Sub(e.scale, one));
    return hn::CopySign(hn::Div(less_one, hn::Add(less_one, hn::Set(d, 2.0F))), x);
  }
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
