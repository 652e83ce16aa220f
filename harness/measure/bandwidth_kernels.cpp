#include "harness/measure/bandwidth_kernels.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <numeric>

namespace rnnbench {
namespace {

constexpr double kFactor = 3;
constexpr std::size_t kChains = 8;  // sums that don't wait for each other

/// Keeps the compiler from joining two passes into one.
inline void end_of_pass() { asm volatile("" ::: "memory"); }

#if defined(__x86_64__)
__attribute__((target("avx512f"))) void avx512_triad(double* a, const double* b, const double* c,
                                                     std::size_t count, int passes) {
  const __m512d factor = _mm512_set1_pd(kFactor);
  for (int pass = 0; pass < passes; ++pass, end_of_pass()) {
    for (std::size_t i = 0; i < count; i += 32) {
#pragma GCC unroll 4
      for (std::size_t j = i; j < i + 32; j += 8) {
        _mm512_store_pd(a + j, _mm512_fmadd_pd(factor, _mm512_load_pd(c + j), _mm512_load_pd(b + j)));
      }
    }
  }
}

__attribute__((target("avx512f"))) double avx512_read(const double* values, std::size_t count, int passes) {
  __m512d sums[kChains];
  for (__m512d& sum : sums) sum = _mm512_setzero_pd();
  for (int pass = 0; pass < passes; ++pass, end_of_pass()) {
    for (std::size_t i = 0; i < count; i += 8 * kChains) {
#pragma GCC unroll 8
      for (std::size_t j = 0; j < kChains; ++j)
        sums[j] = _mm512_add_pd(sums[j], _mm512_load_pd(values + i + 8 * j));
    }
  }
  double lanes[8 * kChains];
  for (std::size_t j = 0; j < kChains; ++j) _mm512_storeu_pd(lanes + 8 * j, sums[j]);
  return std::accumulate(lanes, lanes + 8 * kChains, 0.0);
}

__attribute__((target("avx2,fma"))) void avx2_triad(double* a, const double* b, const double* c,
                                                    std::size_t count, int passes) {
  const __m256d factor = _mm256_set1_pd(kFactor);
  for (int pass = 0; pass < passes; ++pass, end_of_pass()) {
    for (std::size_t i = 0; i < count; i += 16) {
#pragma GCC unroll 4
      for (std::size_t j = i; j < i + 16; j += 4) {
        _mm256_store_pd(a + j, _mm256_fmadd_pd(factor, _mm256_load_pd(c + j), _mm256_load_pd(b + j)));
      }
    }
  }
}

__attribute__((target("avx2,fma"))) double avx2_read(const double* values, std::size_t count, int passes) {
  __m256d sums[kChains];
  for (__m256d& sum : sums) sum = _mm256_setzero_pd();
  for (int pass = 0; pass < passes; ++pass, end_of_pass()) {
    for (std::size_t i = 0; i < count; i += 4 * kChains) {
#pragma GCC unroll 8
      for (std::size_t j = 0; j < kChains; ++j)
        sums[j] = _mm256_add_pd(sums[j], _mm256_load_pd(values + i + 4 * j));
    }
  }
  double lanes[4 * kChains];
  for (std::size_t j = 0; j < kChains; ++j) _mm256_storeu_pd(lanes + 4 * j, sums[j]);
  return std::accumulate(lanes, lanes + 4 * kChains, 0.0);
}
#endif

/// Two lanes; the compiler has the baseline's instructions for them.
using Lanes = double __attribute__((vector_size(16)));

void baseline_triad(double* a, const double* b, const double* c, std::size_t count, int passes) {
  const Lanes factor = Lanes{} + kFactor;
  for (int pass = 0; pass < passes; ++pass, end_of_pass()) {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < count; i += 2) {
      *reinterpret_cast<Lanes*>(a + i) =
          *reinterpret_cast<const Lanes*>(b + i) + factor * *reinterpret_cast<const Lanes*>(c + i);
    }
  }
}

double baseline_read(const double* values, std::size_t count, int passes) {
  Lanes sums[kChains] = {};
  for (int pass = 0; pass < passes; ++pass, end_of_pass()) {
    for (std::size_t i = 0; i < count; i += 2 * kChains) {
#pragma GCC unroll 8
      for (std::size_t j = 0; j < kChains; ++j)
        sums[j] += *reinterpret_cast<const Lanes*>(values + i + 2 * j);
    }
  }
  double total = 0;
  for (const Lanes& sum : sums) total += sum[0] + sum[1];
  return total;
}

}  // namespace

BandwidthKernels bandwidth_kernels(int bits) {
#if defined(__x86_64__)
  if (bits == 512) return {avx512_triad, avx512_read};
  if (bits == 256) return {avx2_triad, avx2_read};
#endif
  static_cast<void>(bits);
  return {baseline_triad, baseline_read};
}

}  // namespace rnnbench
