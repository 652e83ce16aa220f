#include "harness/bench/hyperfine_results.hpp"

#include <gmock/gmock.h>

#include <map>

#include "harness/core/error.hpp"
#include "harness/core/imported_engines.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

// As hyperfine 1.15.0 wrote it, times shortened.
constexpr const char* kHyperfineFile = R"({
  "results": [
    {"command": "sleep 0.01", "mean": 0.012, "stddev": 0.002, "median": 0.0125, "user": 0.0009, "system": 0.0001,
     "min": 0.01, "max": 0.0135, "times": [0.01, 0.0125, 0.0135], "exit_codes": [0, 1, null], "parameters": {"t": "0.01"}},
    {"command": "true", "mean": 0.0, "stddev": null, "median": 0.0, "user": 0.0002, "system": 0.0, "min": 0.0, "max": 0.0,
     "times": [0.0], "exit_codes": [0]}
  ]
})";

std::map<std::string, double> metrics_of(const ImportedBenchmark& benchmark) {
  std::map<std::string, double> metrics;
  for (const MetricRecord& metric : benchmark.epoch.metrics) metrics[metric.name] = metric.value;
  return metrics;
}

TEST(HyperfineResults, EachCommandIsARunWithItsTimes) {
  const TemporaryFolder folder;
  const BenchmarkFile file = read_benchmark_file(folder.write("h.json", kHyperfineFile));
  EXPECT_EQ(file.tool, "hyperfine");
  ASSERT_EQ(file.benchmarks.size(), 2U);
  const ImportedBenchmark& sleep = file.benchmarks[0];
  EXPECT_EQ(sleep.trial.engine, kHyperfineEngine);
  EXPECT_EQ(sleep.trial.cell, "sleep 0.01");
  EXPECT_EQ(sleep.trial.settings,
            R"({"benchmark":{"name":"sleep 0.01","parameters":{"t":"0.01"},"tool":"hyperfine"}})");
  EXPECT_EQ(sleep.details, R"({"exit_codes":[0,1,null]})");
  EXPECT_DOUBLE_EQ(sleep.end.seconds, 0.036);
  EXPECT_EQ(sleep.epoch.timings.at(0).samples_ns,
            (std::vector<std::int64_t>{10'000'000, 12'500'000, 13'500'000}));
  EXPECT_EQ(metrics_of(sleep), (std::map<std::string, double>{{"real_time", 0.0125},
                                                              {"cpu_time", 0.0009 + 0.0001},
                                                              {"mean", 0.012},
                                                              {"stddev", 0.002},
                                                              {"median", 0.0125},
                                                              {"user", 0.0009},
                                                              {"system", 0.0001},
                                                              {"min", 0.01},
                                                              {"max", 0.0135},
                                                              {"nonzero_exits", 2}}));
  EXPECT_EQ(metrics_of(file.benchmarks[1]).count("stddev"), 0U) << "a single run has none";
}

TEST(HyperfineResults, TakesFieldsOfOtherVersions) {
  const auto results = hyperfine_results(Json::parse(
      R"({"results": [{"command": "a", "times": [1, 3, 2], "memory_usage_byte": [10, 30, 20]}]})"));
  EXPECT_EQ(metrics_of(results.at(0)),
            (std::map<std::string, double>{{"real_time", 2}, {"memory_usage", 20}}));
  EXPECT_EQ(results[0].details, "{}");
}

TEST(HyperfineResults, RefusesWhatIsNoneWithThePlace) {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& results) {
    const auto path = folder.write("bad.json", R"({"results": )" + results + "}");
    return message_of<EnvironmentError>([&] { read_benchmark_file(path); });
  };
  for (const char* results : {"1", "[]", "{}", "null"})
    EXPECT_THAT(refusal(results), HasSubstr("bad.json: it has no list 'results'"));
  const std::string good = R"({"command": "a", "times": [1]})";
  for (const char* bad : {"1", "{}", R"({"command": "a"})", R"({"command": 1, "times": [1]})",
                          R"({"command": "a", "times": ["1"]})", R"({"command": "a", "times": [null]})",
                          R"({"command": "a", "times": [1], "mean": "1"})",
                          R"({"command": "a", "times": [1], "exit_codes": ["0"]})",
                          R"({"command": "a", "times": [1], "memory_usage_byte": [{}]})"}) {
    EXPECT_THAT(refusal("[" + good + "," + bad + "]"),
                HasSubstr("command 2 lacks 'command' or 'times', or a field is of another type"))
        << bad;
  }
  EXPECT_THAT(refusal(R"([{"command": "a", "times": []}])"),
              HasSubstr("command 1: it has no time: import what hyperfine wrote"));
  EXPECT_THAT(refusal(R"([{"command": "a", "times": [-1]}])"),
              HasSubstr("command 1: -1 is no time in seconds"));
  EXPECT_THAT(refusal(R"([{"command": "a", "times": [1e300]}])"), HasSubstr("is no time in seconds"));
  EXPECT_THAT(refusal(R"([{"command": "a", "times": [4e8]}])"), HasSubstr("is no time in seconds"))
      << "12 years";
}

}  // namespace
}  // namespace rnnbench
