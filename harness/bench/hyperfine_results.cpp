#include "harness/bench/hyperfine_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/core/error.hpp"
#include "harness/core/imported_engines.hpp"
#include "harness/core/median.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace {

/// What it says of a command, in seconds.
constexpr const char* kSeconds[] = {"mean", "stddev", "median", "user", "system", "min", "max"};

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

TrialRecord trial_of(const Json& result) {
  const auto command = result.at("command").get<std::string>();
  Json benchmark = {{"name", command}, {"tool", kHyperfineEngine}};
  if (const Json parameters = result.value("parameters", Json::object()); !parameters.empty()) {
    benchmark["parameters"] = parameters;
  }
  const std::string settings = dumped({{"benchmark", benchmark}});
  return {sha256_hex(settings), settings, kHyperfineEngine, command, "cpu", "", "", 0, 0};
}

std::vector<double> times_of(const Json& result) {
  constexpr double kMost = static_cast<double>(kLongestSampleNs) * 1e-9;
  const auto times = result.at("times").get<std::vector<double>>();
  if (times.empty()) throw EnvironmentError("it has no time");
  for (const double time : times) {
    if (!(time >= 0 && time <= kMost)) throw EnvironmentError(fmt::format("{} is no time in seconds", time));
  }
  return times;
}

/// Of how many runs the exit code is not 0; a run that a signal ended has none.
double failures_of(const Json& exit_codes) {
  return static_cast<double>(std::ranges::count_if(
      exit_codes, [](const Json& code) { return code.is_null() || code.get<std::int64_t>() != 0; }));
}

ImportedBenchmark benchmark_of(const Json& result) {
  const std::vector<double> times = times_of(result);
  ImportedBenchmark benchmark;
  benchmark.trial = trial_of(result);
  benchmark.end.seconds = std::accumulate(times.begin(), times.end(), 0.0);
  benchmark.epoch.epoch = 1;
  benchmark.epoch.timings.push_back({"benchmark", "host", 1, false, {}});
  for (const double time : times) {
    benchmark.epoch.timings[0].samples_ns.push_back(std::llround(time * 1e9));
  }
  const auto add = [&](const char* name, double value, const char* unit) {
    benchmark.epoch.metrics.push_back({name, "", 1, value, unit});
  };
  add("real_time", median_of(times), "seconds");
  for (const char* name : kSeconds) {
    const Json value = result.value(name, Json());  // null: the deviation of a single run
    if (!value.is_null()) add(name, value.get<double>(), "seconds");
  }
  const Json user = result.value("user", Json()), system = result.value("system", Json());
  if (!user.is_null() && !system.is_null())
    add("cpu_time", user.get<double>() + system.get<double>(), "seconds");
  if (const Json codes = result.value("exit_codes", Json()); codes.is_array()) {
    add("nonzero_exits", failures_of(codes), "");
    benchmark.details = dumped({{"exit_codes", codes}});
  }
  if (const Json memory = result.value("memory_usage_byte", Json()); memory.is_array() && !memory.empty()) {
    add("memory_usage", median_of(memory.get<std::vector<double>>()), "bytes");
  }
  return benchmark;
}

}  // namespace

bool is_of_hyperfine(const Json& json) {
  return json.is_object() && json.contains("results") && !json.contains("benchmarks");
}

std::vector<ImportedBenchmark> hyperfine_results(const Json& json) {
  constexpr const char* kRemedy = ": import what hyperfine wrote with --export-json FILE";
  if (!json.at("results").is_array() || json["results"].empty()) {
    throw EnvironmentError(fmt::format("it has no list 'results' of commands{}", kRemedy));
  }
  std::vector<ImportedBenchmark> benchmarks;
  for (const Json& result : json["results"]) {
    try {
      benchmarks.push_back(benchmark_of(result));
    } catch (const Json::exception&) {
      throw EnvironmentError(
          fmt::format("command {} lacks 'command' or 'times', or a field is of another type{}",
                      benchmarks.size() + 1, kRemedy));
    } catch (const EnvironmentError& error) {
      throw EnvironmentError(fmt::format("command {}: {}{}", benchmarks.size() + 1, error.what(), kRemedy));
    }
  }
  return benchmarks;
}

}  // namespace rnnbench
