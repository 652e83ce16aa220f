#include "harness/measure/product_peak.hpp"

#include <cstddef>
#include <vector>

#include "harness/measure/thread_team.hpp"

namespace rnnbench {
namespace {

struct Matrices {
  explicit Matrices(std::size_t numbers) : a(numbers, 0.5F), b(numbers, 0.25F), c(numbers) {}
  std::vector<float> a, b, c;
};

double operations_of(int size) { return 2.0 * size * size * size; }

}  // namespace

ProductPeak product_peak(Multiply multiply, int threads, double seconds) {
  constexpr int kSizes[] = {384, 512, 768, 1024};
  constexpr double kLeastCalls = 4;  // three bursts, and one that isn't counted
  ProductPeak peak;
  const auto measure = [&](int size, double share) {
    const auto numbers = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::vector<Matrices> matrices(static_cast<std::size_t>(threads), Matrices(numbers));
    const auto call = [&](int thread) {
      Matrices& own = matrices[static_cast<std::size_t>(thread)];
      multiply(own.a.data(), own.b.data(), own.c.data(), size);
    };
    call(0);
    const double products = best_summed(burst_rates(threads, 0, share * seconds, call));  // one a burst
    const double rate = operations_of(size) * products;
    if (rate > peak.operations_per_second) peak = {size, rate};
  };
  for (const int size : kSizes) {
    const bool is_long = kLeastCalls * threads * operations_of(size) > peak.operations_per_second * seconds;
    if (peak.size > 0 && is_long) break;
    measure(size, 0.5 / std::size(kSizes));
  }
  measure(peak.size, 0.5);
  return peak;
}

}  // namespace rnnbench
