#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "harness/core/records.hpp"
#include "harness/measure/paced_control.hpp"

namespace rnnbench {

/// The control beside the epochs of a run, as their phase "control": what was read before the first epoch is
/// the first one's, what is read after an epoch that epoch's. Readings of a moment ago count only before the
/// first.
class ControlRecord {
 public:
  /// `read` may be empty: then nothing is recorded.
  explicit ControlRecord(std::function<ControlReading()> read);
  /// Before the first epoch of this process.
  void begin();
  /// After an epoch.
  void add_to(EpochRecord& epoch);

 private:
  std::function<ControlReading()> read_;
  std::vector<std::int64_t> samples_ns_;  ///< not yet an epoch's
};

}  // namespace rnnbench
