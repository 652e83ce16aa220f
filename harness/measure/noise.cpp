#include "harness/measure/noise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/core/median.hpp"

namespace rnnbench {

std::vector<bool> noisy_samples(std::span<const std::int64_t> samples_ns) {
  constexpr double kNormal = 0.6745, kLimit = 3.5, kAlike = 0.01;
  const double middle = median_of(samples_ns);
  std::vector<double> distances;
  for (const std::int64_t sample : samples_ns)
    distances.push_back(std::abs(static_cast<double>(sample) - middle));
  const double spread = median_of(distances);
  const double limit = spread > 0 ? kLimit * spread / kNormal : kAlike * std::abs(middle);
  std::vector<bool> noisy;
  for (const double distance : distances) noisy.push_back(distance > limit);
  return noisy;
}

std::size_t noisy_count(std::span<const std::int64_t> samples_ns) {
  const std::vector<bool> noisy = noisy_samples(samples_ns);
  return static_cast<std::size_t>(std::ranges::count(noisy, true));
}

std::string clock_problem(std::span<const std::int64_t> samples_ns) {
  if (samples_ns.empty()) return "nothing was timed";
  const auto back = std::ranges::count_if(samples_ns, [](std::int64_t sample) { return sample < 0; });
  if (back > 0) return fmt::format("the clock went back in {} of {} samples", back, samples_ns.size());
  const auto still = std::ranges::count(samples_ns, 0);
  if (2 * still > std::ssize(samples_ns)) {
    return fmt::format("{} of {} samples took 0 ns: the clock stands still, or is too coarse", still,
                       samples_ns.size());
  }
  return "";
}

}  // namespace rnnbench
