#include "harness/runner/machine_record.hpp"

#include <optional>

namespace rnnbench {

MachineRecord::MachineRecord(std::function<MachineReading()> read) : read_(std::move(read)) {
  if (!read_) return;
  begin_ = read_();
  reset_resident_peak();
}

void MachineRecord::add_to(std::vector<MetricRecord>& metrics, int epoch) const {
  if (!read_) return;
  const MachineUse use = use_between(begin_, read_());
  const auto add = [&](const char* name, std::optional<double> value, const char* unit) {
    if (value) metrics.push_back({name, "", epoch, *value, unit});
  };
  add("memory_peak", resident_peak(), "bytes");
  add("steal", use.steal, "fraction");
  add("energy", use.joules, "joules");
  add("frequency", use.frequency_hz, "hertz");
  if (use.suspended_seconds > 0) add("suspended", use.suspended_seconds, "seconds");
}

}  // namespace rnnbench
