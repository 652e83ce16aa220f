#include "harness/runner/learning_rate.hpp"

#include <algorithm>

namespace rnnbench {

void LearningRate::follow(const EpochRecord& epoch) {
  switch (spec_.kind) {
    case ScheduleKind::kConstant:
      return;
    case ScheduleKind::kStep:
      if (epoch.epoch % spec_.every == 0) rate_ *= spec_.factor;
      return;
    case ScheduleKind::kPlateau:
      waited_ = best_.improves(epoch) ? 0 : waited_ + 1;
      if (waited_ < spec_.patience) return;
      waited_ = 0;
      // A rate that began below min_rate stays as it is.
      if (rate_ > spec_.min_rate) rate_ = std::max(rate_ * spec_.factor, spec_.min_rate);
  }
}

}  // namespace rnnbench
