#include "harness/bench/bench_records.hpp"

#include <numeric>

#include "harness/core/settings.hpp"

namespace rnnbench {

std::string bench_particulars(const BenchRecord& record, const BenchOptions& options,
                              const std::vector<BenchSide>& sides, std::size_t side,
                              const std::string& tokens) {
  Json labels = Json::array();
  for (const BenchSide& each : sides) labels.push_back(each.label);
  const Json particulars = {{"bench",
                             {{"session", record.session},
                              {"subject", record.subject},
                              {"command", record.command},
                              {"parity", record.parity},
                              {"side", sides[side].label},
                              {"place", side},
                              {"sides", std::move(labels)},
                              {"tokens", tokens},
                              {"seconds", options.seconds},
                              {"precision", options.precision}}}};
  return particulars.dump(-1, ' ', false, Json::error_handler_t::replace);
}

double train_seconds(const SideRound& round) {
  std::int64_t total_ns = std::accumulate(round.warm_up_ns.begin(), round.warm_up_ns.end(), std::int64_t{0});
  for (const char* phase : {"step", "phases"}) {
    const auto found = round.samples_ns.find(phase);
    if (found == round.samples_ns.end()) continue;
    total_ns = std::accumulate(found->second.begin(), found->second.end(), total_ns);
  }
  return static_cast<double>(total_ns) * 1e-9;
}

EpochRecord epoch_record(const BenchRound& round, std::size_t side, double train_seconds, double seconds) {
  const SideRound& taken = round.sides[side];
  EpochRecord record{.epoch = round.number,
                     .metrics = {},
                     .timings = {},
                     .train_seconds = train_seconds,
                     .seconds = seconds};
  const auto add = [&](const char* name, double value, const char* unit) {
    record.metrics.push_back({name, "", round.number, value, unit});
  };
  add("memory_peak", taken.memory_peak, "bytes");
  if (taken.device_memory_peak > 0) add("device_memory_peak", taken.device_memory_peak, "bytes");
  if (round.use.steal) add("steal", *round.use.steal, "fraction");
  if (round.use.joules) add("energy", *round.use.joules, "joules");
  if (round.use.frequency_hz) add("frequency", *round.use.frequency_hz, "hertz");
  if (round.use.suspended_seconds > 0) add("suspended", round.use.suspended_seconds, "seconds");
  if (!taken.warm_up_ns.empty())
    record.timings.push_back({"step", "host", round.number, true, taken.warm_up_ns});
  for (const auto& [phase, samples] : taken.samples_ns) {
    if (!samples.empty()) record.timings.push_back({phase, "host", round.number, false, samples});
  }
  record.timings.push_back({"control", "host", round.number, false, round.control_ns});
  return record;
}

}  // namespace rnnbench
