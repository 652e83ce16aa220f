#include "harness/core/epoch_buffer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

bool are_same(const MetricRecord& a, const MetricRecord& b) { return a.name == b.name && a.split == b.split; }

bool are_same(const TimingRecord& a, const TimingRecord& b) {
  return a.phase == b.phase && a.clock == b.clock && a.warmup == b.warmup;
}

template <typename Record>
void add_or_replace(std::vector<Record>& records, Record record) {
  const auto old = std::find_if(records.begin(), records.end(),
                                [&](const Record& each) { return are_same(each, record); });
  if (old == records.end()) {
    records.push_back(std::move(record));
  } else {
    *old = std::move(record);
  }
}

}  // namespace

void EpochBuffer::add(MetricRecord metric) {
  add_or_replace(record_of(metric.epoch).metrics, std::move(metric));
}

void EpochBuffer::add(TimingRecord timing) {
  add_or_replace(record_of(timing.epoch).timings, std::move(timing));
}

EpochRecord& EpochBuffer::record_of(int epoch) {
  if (epoch < epoch_)
    throw EngineError(fmt::format("epoch {} after epoch {}; they never go back", epoch, epoch_));
  if (epochs_.empty() || epochs_.back().epoch < epoch) epochs_.push_back({epoch, {}, {}});
  epoch_ = epoch;
  return epochs_.back();
}

std::vector<EpochRecord> EpochBuffer::completed() {
  if (epochs_.size() < 2) return {};
  std::vector<EpochRecord> done(std::make_move_iterator(epochs_.begin()),
                                std::make_move_iterator(epochs_.end() - 1));
  epochs_.erase(epochs_.begin(), epochs_.end() - 1);
  return done;
}

std::optional<EpochRecord> EpochBuffer::last() {
  if (epochs_.empty()) return std::nullopt;
  EpochRecord record = std::move(epochs_.back());
  epochs_.clear();
  return record;
}

}  // namespace rnnbench
