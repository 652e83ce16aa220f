#pragma once

#include <functional>
#include <vector>

#include "harness/core/records.hpp"
#include "harness/measure/machine_use.hpp"

namespace rnnbench {

/// What the machine did while a run went on, as metrics of the run: "memory_peak" [bytes of the process],
/// "steal" [fraction], "energy" [joules], "frequency" [hertz] and, where it slept, "suspended" [seconds]; see
/// machine_use.hpp. They are measured and not computed: a repetition differs in them.
class MachineRecord {
 public:
  /// Begins now. `read` may be empty: then nothing is recorded.
  explicit MachineRecord(std::function<MachineReading()> read);
  void add_to(std::vector<MetricRecord>& metrics, int epoch) const;

 private:
  std::function<MachineReading()> read_;
  MachineReading begin_;
};

}  // namespace rnnbench
