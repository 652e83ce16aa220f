#include "harness/measure/phase_timer.hpp"

#include <algorithm>
#include <utility>

namespace rnnbench {
void PhaseTimer::begin_step() {
  step_ns_ = {};
  seen_ = {};
  step_start_ = last_edge_ = clock_.now();
}

void PhaseTimer::lap(Slot slot) {
  const auto now = clock_.now();
  step_ns_[slot] += now - last_edge_;
  seen_[slot] = true;
  last_edge_ = now;
}

void PhaseTimer::data_ready() { lap(kData); }

void PhaseTimer::finished(Phase phase) {
  switch (phase) {
    case Phase::kForward:
      return lap(kForward);
    case Phase::kBackward:
      return lap(kBackward);
    case Phase::kOptimizer:
      return lap(kOptimizer);
  }
}

void PhaseTimer::end_step() {
  step_ns_[kStep] = clock_.now() - step_start_;
  seen_[kStep] = !asynchronous_;
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    if (seen_[slot]) samples_[slot].push_back(step_ns_[slot]);
  }
}

std::vector<TimingRecord> PhaseTimer::take(int epoch, int warmup_steps) {
  constexpr std::array<const char*, kSlots> kNames = {"data", "forward", "backward", "optimizer", "step"};
  std::vector<TimingRecord> timings;
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    add_samples(timings, kNames[slot], "host", epoch, warmup_steps, std::exchange(samples_[slot], {}));
  }
  return timings;
}

void add_samples(std::vector<TimingRecord>& timings, const char* phase, const char* clock, int epoch,
                 int warmup_steps, const std::vector<std::int64_t>& samples_ns) {
  const auto split = samples_ns.begin() + std::min<std::ptrdiff_t>(warmup_steps, std::ssize(samples_ns));
  for (const bool warmup : {true, false}) {
    std::vector<std::int64_t> part =
        warmup ? std::vector(samples_ns.begin(), split) : std::vector(split, samples_ns.end());
    if (!part.empty()) timings.push_back({phase, clock, epoch, warmup, std::move(part)});
  }
}

}  // namespace rnnbench
