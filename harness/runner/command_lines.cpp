#include "harness/runner/command_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {
namespace {

double number(const Json& json) {
  if (json.is_null() || json == "NaN" || json == "nan") return std::numeric_limits<double>::quiet_NaN();
  return json.get<double>();
}

std::string text_or(const Json& json, const char* key, const char* fallback) {
  return json.contains(key) ? json.at(key).get<std::string>() : fallback;
}

TimingRecord timing_of(const Json& json, int epoch) {
  TimingRecord timing;
  timing.phase = json.at("timing").get<std::string>();
  timing.clock = text_or(json, "clock", "host");
  timing.epoch = epoch;
  timing.warmup = json.contains("warmup") && json.at("warmup").get<bool>();
  const Json& samples = json.at("ns");
  timing.samples_ns = samples.is_array() ? samples.get<std::vector<std::int64_t>>()
                                         : std::vector{samples.get<std::int64_t>()};
  if (timing.clock != "host" && timing.clock != "device") {
    throw EngineError("clock is \"" + timing.clock + "\"; it is \"host\" or \"device\"");
  }
  return timing;
}

MetricRecord metric_of(const Json& json, int epoch) {
  return {json.at("metric").get<std::string>(), text_or(json, "split", ""), epoch, number(json.at("value")),
          text_or(json, "unit", "")};
}

template <typename Record, typename Same>
void add_or_replace(std::vector<Record>& records, Record record, const Same& same) {
  const auto old =
      std::find_if(records.begin(), records.end(), [&](const Record& each) { return same(each, record); });
  if (old == records.end()) {
    records.push_back(std::move(record));
  } else {
    *old = std::move(record);
  }
}

}  // namespace

bool CommandLines::take(const std::string& line) {
  ++number_of_lines_;
  if (line.empty() || line.front() != '{') return false;
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return false;
  try {
    if (json.contains("metric")) {
      EpochRecord& record = epoch(json.value("epoch", current_));
      add_or_replace(record.metrics, metric_of(json, record.epoch),
                     [](const auto& a, const auto& b) { return a.name == b.name && a.split == b.split; });
    } else if (json.contains("timing")) {
      EpochRecord& record = epoch(json.value("epoch", current_));
      add_or_replace(record.timings, timing_of(json, record.epoch), [](const auto& a, const auto& b) {
        return a.phase == b.phase && a.clock == b.clock && a.warmup == b.warmup;
      });
    } else if (json.contains("train_seconds")) {
      train_seconds_ = json.at("train_seconds").get<double>();
    } else {
      return false;
    }
  } catch (const Json::exception& error) {
    throw EngineError(fmt::format("line {} of its output: {}", number_of_lines_, error.what()));
  } catch (const EngineError& error) {
    throw EngineError(fmt::format("line {} of its output: {}", number_of_lines_, error.what()));
  }
  return true;
}

EpochRecord& CommandLines::epoch(int number) {
  if (number < 1) throw EngineError(fmt::format("epoch {}; they count from 1", number));
  if (number < current_)
    throw EngineError(fmt::format("epoch {} after epoch {}; they never go back", number, current_));
  if (epochs_.empty() || epochs_.back().epoch < number) epochs_.push_back({number, {}, {}});
  current_ = number;
  return epochs_.back();
}

std::vector<EpochRecord> CommandLines::completed() {
  if (epochs_.size() < 2) return {};
  std::vector<EpochRecord> done(std::make_move_iterator(epochs_.begin()),
                                std::make_move_iterator(epochs_.end() - 1));
  epochs_.erase(epochs_.begin(), epochs_.end() - 1);
  return done;
}

std::optional<EpochRecord> CommandLines::last() {
  if (epochs_.empty()) return std::nullopt;
  EpochRecord record = std::move(epochs_.back());
  epochs_.clear();
  return record;
}

}  // namespace rnnbench
