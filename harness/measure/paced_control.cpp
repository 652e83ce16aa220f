#include "harness/measure/paced_control.hpp"

#include <utility>

namespace rnnbench {

PacedControl::PacedControl(const TickClock& clock, std::function<std::vector<std::int64_t>()> take)
    : clock_(clock), take_(std::move(take)) {}

std::vector<std::int64_t> PacedControl::take() {
  if (take_) return take_();
  if (!work_) work_.emplace();
  return work_->read(clock_);
}

ControlReading PacedControl::read() {
  constexpr std::int64_t kLeastAge = 100;  // in times of what a reading takes
  const std::int64_t begin = clock_.now();
  if (!last_ns_.empty() && begin - taken_at_ < kLeastAge * cost_ns_) return {last_ns_, false};
  last_ns_ = take();
  taken_at_ = clock_.now();
  cost_ns_ = taken_at_ - begin;
  return {last_ns_, true};
}

}  // namespace rnnbench
