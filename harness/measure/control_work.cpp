#include "harness/measure/control_work.hpp"

#include <numeric>

namespace rnnbench {

ControlWork::ControlWork() : values_(1 << 20, 1.0F) {}

std::int64_t ControlWork::measure(const TickClock& clock) {
  constexpr int kSteps = 50'000;
  const std::int64_t begin = clock.now();
  double chain = kept_;
  for (int step = 0; step < kSteps; ++step) chain = chain * 0.5 + 1.0;  // each waits for the one before
  kept_ = 1e-3 * (chain + std::accumulate(values_.begin(), values_.end(), 0.0F));
  values_[0] = static_cast<float>(kept_ * 1e-9) + 1.0F;
  return clock.now() - begin;
}

std::vector<std::int64_t> ControlWork::read(const TickClock& clock) {
  constexpr int kTimes = 5;
  measure(clock);  // to warm it
  std::vector<std::int64_t> samples_ns;
  for (int time = 0; time < kTimes; ++time) samples_ns.push_back(measure(clock));
  return samples_ns;
}

}  // namespace rnnbench
