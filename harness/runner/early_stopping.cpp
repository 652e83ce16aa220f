#include "harness/runner/early_stopping.hpp"

namespace rnnbench {

void EarlyStopping::follow(const EpochRecord& epoch) {
  if (!spec_.is_on()) return;
  ++waited_;
  if (!best_.improves(epoch)) return;
  waited_ = 0;
  best_epoch_ = epoch.epoch;
}

}  // namespace rnnbench
