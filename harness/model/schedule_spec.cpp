#include "harness/model/schedule_spec.hpp"

#include <fmt/format.h>

#include <initializer_list>

#include "harness/model/names.hpp"

namespace rnnbench {
namespace {

constexpr long kMostEpochs = 1'000'000;
constexpr double kLeastFactor = 1e-9;

void refuse(SettingsReader& reader, ScheduleKind kind, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (reader.has(key)) {
      reader.fail(key, fmt::format("a {} schedule has no such setting; remove it", name_of(kind)));
    }
  }
}

}  // namespace

ScheduleSpec read_schedule_spec(SettingsReader reader) {
  ScheduleSpec spec;
  spec.kind = read_name(reader, "kind", kScheduleNames, spec.kind);
  if (spec.kind == ScheduleKind::kConstant) {
    refuse(reader, spec.kind, {"factor"});
  } else {
    spec.factor = reader.number_or("factor", kLeastFactor, 1, spec.factor);
  }
  if (spec.kind == ScheduleKind::kStep) {
    spec.every = static_cast<int>(reader.integer_or("every", 1, kMostEpochs, spec.every));
  } else {
    refuse(reader, spec.kind, {"every"});
  }
  if (spec.kind == ScheduleKind::kPlateau) {
    spec.metric = read_name(reader, "metric", kWatchedNames, spec.metric);
    spec.patience = static_cast<int>(reader.integer_or("patience", 1, kMostEpochs, spec.patience));
    spec.min_delta = reader.number_or("min_delta", 0, 1e9, spec.min_delta);
    spec.min_rate = reader.number_or("min_rate", 0, 1e3, spec.min_rate);
  } else {
    refuse(reader, spec.kind, {"metric", "patience", "min_delta", "min_rate"});
  }
  reader.finish();
  return spec;
}

Json to_json(const ScheduleSpec& spec) {
  Json json = {{"kind", name_of(spec.kind)}};
  if (spec.kind != ScheduleKind::kConstant) json["factor"] = spec.factor;
  if (spec.kind == ScheduleKind::kStep) json["every"] = spec.every;
  if (spec.kind == ScheduleKind::kPlateau) {
    json["metric"] = name_of(spec.metric);
    json["patience"] = spec.patience;
    json["min_delta"] = spec.min_delta;
    json["min_rate"] = spec.min_rate;
  }
  return json;
}

const char* name_of(ScheduleKind kind) { return name_in(kScheduleNames, kind); }
const char* name_of(WatchedMetric metric) { return name_in(kWatchedNames, metric); }

}  // namespace rnnbench
