#include "harness/measure/spread.hpp"

#include <algorithm>
#include <vector>

#include "harness/core/median.hpp"

namespace rnnbench {
namespace {

/// `steps` multiply-adds, each of which waits for the one before.
double chain(int steps, double value) {
  for (int step = 0; step < steps; ++step) value = value * 0.5 + 1.0;
  return value;
}

}  // namespace

Spread spread_of(std::span<const std::int64_t> samples_ns) {
  Spread spread;
  spread.samples = samples_ns.size();
  if (samples_ns.empty()) return spread;
  spread.median_ns = median_of(samples_ns);
  std::vector<std::int64_t> sorted(samples_ns.begin(), samples_ns.end());
  const std::size_t rank = (99 * sorted.size() + 99) / 100;  // 0.99 n, rounded up
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(sorted.begin(), at, sorted.end());
  spread.p99_ns = static_cast<double>(*at);
  spread.max_ns = static_cast<double>(*std::max_element(at, sorted.end()));
  return spread;
}

Spread time_again(const std::function<void()>& work, double seconds, std::size_t most,
                  const TickClock& clock) {
  constexpr std::size_t kLeast = 3;
  work();
  std::vector<std::int64_t> samples;
  const auto end = clock.now() + static_cast<std::int64_t>(seconds * 1e9);
  while (samples.size() < most) {
    const std::int64_t begin = clock.now();
    if (begin >= end && samples.size() >= kLeast) break;
    work();
    samples.push_back(clock.now() - begin);
  }
  return spread_of(samples);
}

Spread measure_jitter(double seconds, const TickClock& clock) {
  constexpr int kProbe = 2'000;
  constexpr double kAimNs = 10'000;
  constexpr std::size_t kMost = 200'000;
  double kept = 0;
  int steps = kProbe;
  const auto work = [&] { kept = chain(steps, kept); };
  const Spread probe = time_again(work, seconds / 20, kMost, clock);
  if (probe.median_ns > 0) steps = std::max(1, static_cast<int>(kProbe * kAimNs / probe.median_ns));
  return time_again(work, seconds * 0.95, kMost, clock);
}

}  // namespace rnnbench
