#include "harness/measure/clock_cost.hpp"

#include <vector>

#include "harness/core/median.hpp"

namespace rnnbench {

ClockCost clock_cost(const TickClock& clock) {
  constexpr int kBlocks = 101, kReadings = 100;
  ClockCost cost;
  std::vector<double> readings;
  std::int64_t last = clock.now();
  for (int block = 0; block < kBlocks; ++block) {
    const std::int64_t begin = clock.now();
    for (int reading = 0; reading < kReadings; ++reading) {
      const std::int64_t now = clock.now();
      const auto step = static_cast<double>(now - last);
      if (step > 0 && (cost.resolution_ns == 0 || step < cost.resolution_ns)) cost.resolution_ns = step;
      last = now;
    }
    readings.push_back(static_cast<double>(last - begin) / kReadings);
  }
  cost.reading_ns = median_of(readings);
  return cost;
}

}  // namespace rnnbench
