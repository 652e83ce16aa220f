#include "harness/measure/product_peak.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "harness/measure/thread_team.hpp"

namespace rnnbench {
namespace {

struct Matrices {
  explicit Matrices(std::size_t numbers) : a(numbers, 0.5F), b(numbers, 0.25F), c(numbers) {}
  std::vector<float> a, b, c;
};

}  // namespace

ProductPeak product_peak(Multiply multiply, int threads, double seconds) {
  constexpr int kSizes[] = {384, 512, 768, 1024};
  constexpr double kLeastCalls = 4;  // three bursts, and one that isn't counted
  const double each = seconds / std::size(kSizes);
  ProductPeak peak;
  for (const int size : kSizes) {
    const double operations = 2.0 * size * size * size;
    const bool is_long = kLeastCalls * threads * operations > peak.operations_per_second * seconds;
    if (peak.size > 0 && is_long) break;
    const auto numbers = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::vector<Matrices> matrices(static_cast<std::size_t>(threads), Matrices(numbers));
    const auto call = [&](int thread) {
      Matrices& own = matrices[static_cast<std::size_t>(thread)];
      multiply(own.a.data(), own.b.data(), own.c.data(), size);
    };
    call(0);
    const double rate =
        operations * std::ranges::max(burst_rates(threads, 0, each, call));  // a product a burst
    if (rate > peak.operations_per_second) peak = {size, rate};
  }
  return peak;
}

}  // namespace rnnbench
