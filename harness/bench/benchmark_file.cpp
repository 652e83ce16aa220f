#include "harness/bench/benchmark_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/bench/hyperfine_results.hpp"
#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/median.hpp"
#include "harness/core/settings.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace {

constexpr const char* kRemedy =
    ": import what a suite of Google Benchmark wrote with --benchmark_out=FILE --benchmark_out_format=json, "
    "or "
    "hyperfine with --export-json FILE";

/// What the format itself says of a benchmark; any other number is a counter.
constexpr const char* kOwnFields[] = {"family_index", "per_family_instance_index",
                                      "repetitions",  "repetition_index",
                                      "threads",      "iterations",
                                      "real_time",    "cpu_time"};

double nanoseconds_of(const std::string& unit) {
  const std::map<std::string, double> units = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
  const auto found = units.find(unit);
  if (found == units.end())
    throw EnvironmentError(fmt::format("'{}' is no unit of time of a benchmark", unit));
  return found->second;
}

/// Of each counter the values of the repetitions.
using Counters = std::map<std::string, std::vector<double>>;

bool is_own(const std::string& field) { return std::ranges::find(kOwnFields, field) != std::end(kOwnFields); }

TrialRecord trial_of(const std::string& name) {
  const std::string settings =
      Json{{"benchmark", {{"name", name}}}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  return {sha256_hex(settings), settings, kImportedEngine, name, "cpu", "", "", 0, 0};
}

/// A time of the file in nanoseconds.
double time_of(const Json& json, const char* field) {
  const double time = json.at(field).get<double>() * nanoseconds_of(json.at("time_unit").get<std::string>());
  if (!(std::abs(time) <= static_cast<double>(kLongestSampleNs)))
    throw EnvironmentError(fmt::format("{} of a benchmark is no time", field));
  return time;
}

/// Adds one repetition; one that failed makes the benchmark a failed one.
void add(ImportedBenchmark& benchmark, const Json& json, Counters& counters) {
  const bool is_skipped = json.value("skipped", false);
  if (json.value("error_occurred", false) || is_skipped) {
    benchmark.end.status = is_skipped ? RunStatus::kSkipped : RunStatus::kFailed;
    benchmark.end.reason = json.value(is_skipped ? "skip_message" : "error_message", "it gave no reason");
    return;
  }
  const double real = time_of(json, "real_time");
  benchmark.epoch.timings[0].samples_ns.push_back(std::llround(real));
  benchmark.end.seconds += real * 1e-9 * json.at("iterations").get<double>();
  counters["real_time"].push_back(real * 1e-9);
  counters["cpu_time"].push_back(time_of(json, "cpu_time") * 1e-9);
  for (const auto& [field, value] : json.items()) {
    if (value.is_number() && !is_own(field)) counters[field].push_back(value.get<double>());
  }
}

/// Throws EnvironmentError for what is no JSON, or deeper than any output of benchmarks.
Json parsed(const std::string& text) {
  constexpr int kMostLevels = 32;
  const auto refuse_depths = [&](int depth, Json::parse_event_t /*event*/, Json& /*value*/) {
    if (depth > kMostLevels) {
      throw EnvironmentError(fmt::format("its JSON is more than {} levels deep{}", kMostLevels, kRemedy));
    }
    return true;
  };
  try {
    return Json::parse(text, refuse_depths);
  } catch (const Json::parse_error& error) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
    throw EnvironmentError(
        fmt::format("line {} is no JSON{}", 1 + std::count(text.begin(), end, '\n'), kRemedy));
  }
}

/// Adds one entry of the list of benchmarks.
void add_entry(const Json& entry, std::map<std::string, std::size_t>& places, BenchmarkFile& file,
               std::vector<Counters>& counters) {
  if (entry.value("run_type", "iteration") != "iteration") return;
  const auto name = entry.at("run_name").get<std::string>();
  const auto [place, is_new] = places.try_emplace(name, file.benchmarks.size());
  if (is_new) {
    ImportedBenchmark& added = file.benchmarks.emplace_back();
    added.trial = trial_of(name);
    added.epoch.epoch = 1;
    added.epoch.timings.push_back({"benchmark", "host", 1, false, {}});
    counters.emplace_back();
  }
  add(file.benchmarks[place->second], entry, counters[place->second]);
}

BenchmarkFile head_of(const std::string& text, const Json& json) {
  try {
    const Json& context = json.at("context");
    return {.tool = "Google Benchmark",
            .sha256 = sha256_hex(text),
            .environment = context.dump(-1, ' ', false, Json::error_handler_t::replace),
            .host = context.value("host_name", ""),
            .when = utc_of(context.value("date", "")).value_or(""),
            .benchmarks = {}};
  } catch (const Json::exception&) {
    throw EnvironmentError(fmt::format("it has no 'context' as Google Benchmark writes it{}", kRemedy));
  }
}

BenchmarkFile read(const std::string& text) {
  const Json json = parsed(text);
  if (is_of_hyperfine(json)) {
    return {.tool = "hyperfine",
            .sha256 = sha256_hex(text),
            .environment = "{}",
            .host = "",
            .when = "",
            .benchmarks = hyperfine_results(json)};
  }
  BenchmarkFile file = head_of(text, json);
  if (!json.contains("benchmarks") || !json["benchmarks"].is_array()) {
    throw EnvironmentError(fmt::format("it has no list 'benchmarks'{}", kRemedy));
  }
  std::map<std::string, std::size_t> places;
  std::vector<Counters> counters;
  int number = 0;
  for (const Json& entry : json["benchmarks"]) {
    ++number;
    try {
      add_entry(entry, places, file, counters);
    } catch (const Json::exception&) {
      throw EnvironmentError(fmt::format(
          "benchmark {} lacks one of run_name, iterations, real_time, cpu_time and time_unit, or a "
          "field is of another type{}",
          number, kRemedy));
    }
  }
  for (std::size_t i = 0; i < counters.size(); ++i) {
    for (const auto& [name, values] : counters[i]) {
      const char* unit = name == "real_time" || name == "cpu_time" ? "seconds" : "";
      file.benchmarks[i].epoch.metrics.push_back({name, "", 1, median_of(values), unit});
    }
  }
  if (file.benchmarks.empty()) throw EnvironmentError("it holds no benchmark");
  return file;
}

}  // namespace

BenchmarkFile read_benchmark_file(const std::filesystem::path& path) {
  const std::string text = read_file(path);
  try {
    return read(text);
  } catch (const EnvironmentError& error) {
    throw EnvironmentError(fmt::format("{}: {}", path.string(), error.what()));
  }
}

}  // namespace rnnbench
