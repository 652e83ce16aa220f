#include "harness/measure/multiply_add_peak.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <atomic>

#include "harness/measure/thread_team.hpp"

namespace rnnbench {
namespace {

constexpr int kChains = 12;
constexpr int kStepsACall = 4'000;

/// A call does kChains · kStepsACall multiply-adds of vectors and gives a value that depends on all of them.
/// The factor below 1 keeps the values where no denormals are.
using Kernel = float (*)();

#if defined(__x86_64__)
__attribute__((target("avx512f"))) float avx512_kernel() {
  __m512 chains[kChains];
  for (int i = 0; i < kChains; ++i) chains[i] = _mm512_set1_ps(1.0F + static_cast<float>(i));
  const __m512 factor = _mm512_set1_ps(0.999F), term = _mm512_set1_ps(0.001F);
  for (int step = 0; step < kStepsACall; ++step) {
#pragma GCC unroll 12
    for (int i = 0; i < kChains; ++i) chains[i] = _mm512_fmadd_ps(chains[i], factor, term);
  }
  __m512 sum = chains[0];
  for (int i = 1; i < kChains; ++i) sum = _mm512_add_ps(sum, chains[i]);
  float values[16];
  _mm512_storeu_ps(values, sum);
  return values[0] + values[15];
}

__attribute__((target("avx2,fma"))) float avx2_kernel() {
  __m256 chains[kChains];
  for (int i = 0; i < kChains; ++i) chains[i] = _mm256_set1_ps(1.0F + static_cast<float>(i));
  const __m256 factor = _mm256_set1_ps(0.999F), term = _mm256_set1_ps(0.001F);
  for (int step = 0; step < kStepsACall; ++step) {
#pragma GCC unroll 12
    for (int i = 0; i < kChains; ++i) chains[i] = _mm256_fmadd_ps(chains[i], factor, term);
  }
  __m256 sum = chains[0];
  for (int i = 1; i < kChains; ++i) sum = _mm256_add_ps(sum, chains[i]);
  float values[8];
  _mm256_storeu_ps(values, sum);
  return values[0] + values[7];
}
#endif

/// Four lanes; the compiler has the baseline's instructions for them.
float baseline_kernel() {
  using Lanes = float __attribute__((vector_size(16)));
  Lanes chains[kChains];
  for (int i = 0; i < kChains; ++i) chains[i] = Lanes{} + (1.0F + static_cast<float>(i));
  const Lanes factor = Lanes{} + 0.999F, term = Lanes{} + 0.001F;
  for (int step = 0; step < kStepsACall; ++step) {
#pragma GCC unroll 12
    for (int i = 0; i < kChains; ++i) chains[i] = chains[i] * factor + term;
  }
  Lanes sum = chains[0];
  for (int i = 1; i < kChains; ++i) sum += chains[i];
  return sum[0] + sum[3];
}

Kernel kernel_of(int bits) {
#if defined(__x86_64__)
  if (bits == 512) return avx512_kernel;
  if (bits == 256) return avx2_kernel;
#endif
  static_cast<void>(bits);
  return baseline_kernel;
}

}  // namespace

std::vector<int> vector_widths() {
  std::vector<int> widths;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) widths.push_back(512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) widths.push_back(256);
#endif
  widths.push_back(128);
  return widths;
}

MultiplyAddPeak multiply_add_peak(int bits, int threads, double seconds) {
  constexpr double kBitsOfFloat = 32;
  const Kernel kernel = kernel_of(bits);
  std::atomic<float> kept = 0;  // the result, so that the work isn't left out
  const double calls = best_summed(burst_rates(threads, burst_length(seconds), seconds, [&](int) {
    kept.store(kernel(), std::memory_order_relaxed);
  }));
  const double operations = 2.0 * kChains * kStepsACall * bits / kBitsOfFloat;
  return {bits, threads, calls * operations};
}

}  // namespace rnnbench
