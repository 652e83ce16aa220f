#include "harness/bench/benchmark_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/settings.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace {

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

bool is_own(const std::string& field) { return std::ranges::find(kOwnFields, field) != std::end(kOwnFields); }

TrialRecord trial_of(const std::string& name) {
  const std::string settings =
      Json{{"benchmark", {{"name", name}}}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  return {sha256_hex(settings), settings, "google-benchmark", name, "cpu", "", "", 0, 0};
}

/// Adds one repetition.
void add(ImportedBenchmark& benchmark, const Json& json) {
  benchmark.end.status = RunStatus::kFinished;
  if (json.value("error_occurred", false)) {
    benchmark.end.status = RunStatus::kFailed;
    benchmark.end.reason = json.value("error_message", "it gave no reason");
    return;
  }
  const double scale = nanoseconds_of(json.at("time_unit").get<std::string>());
  const double real = json.at("real_time").get<double>() * scale;
  benchmark.epoch.timings[0].samples_ns.push_back(std::llround(real));
  benchmark.end.seconds += real * 1e-9 * json.at("iterations").get<double>();
  benchmark.epoch.metrics = {{"cpu_time", "", 1, json.at("cpu_time").get<double>() * scale * 1e-9, "seconds"},
                             {"real_time", "", 1, real * 1e-9, "seconds"}};
  for (const auto& [field, value] : json.items()) {
    if (value.is_number() && !is_own(field))
      benchmark.epoch.metrics.push_back({field, "", 1, value.get<double>(), ""});
  }
}

BenchmarkFile parse(const std::string& text) {
  const Json json = Json::parse(text);
  BenchmarkFile file{
      sha256_hex(text), json.at("context").dump(-1, ' ', false, Json::error_handler_t::replace), {}};
  std::map<std::string, std::size_t> places;
  for (const Json& each : json.at("benchmarks")) {
    if (each.value("run_type", "iteration") != "iteration") continue;
    const auto name = each.at("run_name").get<std::string>();
    const auto [place, is_new] = places.try_emplace(name, file.benchmarks.size());
    if (is_new) {
      ImportedBenchmark& added = file.benchmarks.emplace_back();
      added.trial = trial_of(name);
      added.epoch.epoch = 1;
      added.epoch.timings.push_back({"benchmark", "host", 1, false, {}});
    }
    add(file.benchmarks[place->second], each);
  }
  return file;
}

}  // namespace

BenchmarkFile read_benchmark_file(const std::filesystem::path& path) {
  const std::string text = read_file(path);
  try {
    BenchmarkFile file = parse(text);
    if (file.benchmarks.empty()) throw EnvironmentError("it holds no benchmark");
    return file;
  } catch (const Json::exception& error) {
    throw EnvironmentError(
        fmt::format("{} is no output of Google Benchmark; write one with --benchmark_out={} "
                    "--benchmark_out_format=json ({})",
                    path.string(), path.filename().string(), error.what()));
  } catch (const EnvironmentError& error) {
    throw EnvironmentError(fmt::format("{}: {}", path.string(), error.what()));
  }
}

}  // namespace rnnbench
