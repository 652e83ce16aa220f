#pragma once

#include <optional>
#include <vector>

#include "harness/core/records.hpp"

namespace rnnbench {

/// Figures of a run as they come, until their epoch is complete, since a later one began. Epochs never go
/// back; of two equal figures the later one counts.
class EpochBuffer {
 public:
  /// Each throws EngineError for an epoch before the newest, or below 1.
  void add(MetricRecord metric);
  void add(TimingRecord timing);

  /// Of the last figure; 1 before the first.
  int epoch() const { return epoch_; }

  /// The epochs that are complete, each only once.
  std::vector<EpochRecord> completed();
  /// The last one, once no more figures come.
  std::optional<EpochRecord> last();

 private:
  EpochRecord& record_of(int epoch);

  std::vector<EpochRecord> epochs_;
  int epoch_ = 1;
};

}  // namespace rnnbench
