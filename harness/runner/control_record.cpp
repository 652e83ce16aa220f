#include "harness/runner/control_record.hpp"

#include <utility>

namespace rnnbench {

ControlRecord::ControlRecord(std::function<ControlReading()> read) : read_(std::move(read)) {}

void ControlRecord::begin() {
  if (read_) samples_ns_ = read_().samples_ns;
}

void ControlRecord::add_to(EpochRecord& epoch) {
  if (!read_) return;
  if (const ControlReading reading = read_(); reading.is_new) {
    samples_ns_.insert(samples_ns_.end(), reading.samples_ns.begin(), reading.samples_ns.end());
  }
  if (samples_ns_.empty()) return;
  epoch.timings.push_back({"control", "host", epoch.epoch, false, std::exchange(samples_ns_, {})});
}

}  // namespace rnnbench
