#include "harness/bench/benchmark_file.hpp"

#include <gtest/gtest.h>

#include <map>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

constexpr const char* kGoogleFile = R"({
  "context": {"date": "2026-01-31T13:00:00+01:00", "host_name": "a", "num_cpus": 2},
  "benchmarks": [
    {"name": "write/8", "run_name": "write/8", "run_type": "iteration", "repetitions": 2, "repetition_index": 0, "threads": 1,
     "iterations": 10, "real_time": 1.5, "cpu_time": 1.25, "time_unit": "ms", "rows_per_s": 7e5},
    {"name": "write/8", "run_name": "write/8", "run_type": "iteration", "repetitions": 2, "repetition_index": 1, "threads": 1,
     "iterations": 10, "real_time": 2.5, "cpu_time": 2.25, "time_unit": "ms", "rows_per_s": 6e5},
    {"name": "write/8_mean", "run_name": "write/8", "run_type": "aggregate", "aggregate_name": "mean", "real_time": 2, "cpu_time": 1.75,
     "time_unit": "ms", "iterations": 2},
    {"name": "broken", "run_name": "broken", "run_type": "iteration", "error_occurred": true, "error_message": "no disk",
     "iterations": 0, "real_time": 0, "cpu_time": 0, "time_unit": "ns"}]})";

TEST(BenchmarkFile, RepetitionsAreSamplesOfOneRun) {
  const TemporaryFolder folder;
  const BenchmarkFile file = read_benchmark_file(folder.write("a.json", kGoogleFile));
  ASSERT_EQ(file.benchmarks.size(), 2U);
  const ImportedBenchmark& write = file.benchmarks[0];
  EXPECT_EQ(write.trial.cell, "write/8");
  EXPECT_EQ(write.end.status, RunStatus::kFinished);
  EXPECT_DOUBLE_EQ(write.end.seconds, 0.04);
  ASSERT_EQ(write.epoch.timings.size(), 1U);
  EXPECT_EQ(write.epoch.timings[0].samples_ns, (std::vector<std::int64_t>{1'500'000, 2'500'000}));
  std::map<std::string, double> metrics;
  for (const MetricRecord& metric : write.epoch.metrics) metrics[metric.name] = metric.value;
  EXPECT_EQ(metrics.size(), 3U) << "what the format itself says is no counter";
  EXPECT_DOUBLE_EQ(metrics["cpu_time"], 0.00175) << "the repetitions' median";
  EXPECT_DOUBLE_EQ(metrics["real_time"], 0.002);
  EXPECT_DOUBLE_EQ(metrics["rows_per_s"], 6.5e5);
  EXPECT_EQ(file.benchmarks[1].end.status, RunStatus::kFailed);
  EXPECT_EQ(file.benchmarks[1].end.reason, "no disk");
  EXPECT_EQ(file.environment, R"({"date":"2026-01-31T13:00:00+01:00","host_name":"a","num_cpus":2})");
  EXPECT_EQ(file.host, "a");
  EXPECT_EQ(file.when, "2026-01-31T12:00:00.000Z");
}

TEST(BenchmarkFile, OneRepetitionThatFailsMakesItFailInAnyOrder) {
  const TemporaryFolder folder;
  const std::string good =
      R"({"run_name": "a", "iterations": 1, "real_time": 1, "cpu_time": 1, "time_unit": "ms"})";
  const std::string bad = R"({"run_name": "a", "error_occurred": true, "error_message": "boom"})";
  const std::string skipped = R"({"run_name": "a", "skipped": true, "skip_message": "no GPU"})";
  const auto first = [&](const std::string& one, const std::string& other) {
    return read_benchmark_file(
               folder.write("c.json", R"({"context": {}, "benchmarks": [)" + one + "," + other + "]}"))
        .benchmarks.at(0);
  };
  for (const ImportedBenchmark& benchmark : {first(good, bad), first(bad, good)}) {
    EXPECT_EQ(benchmark.end.status, RunStatus::kFailed);
    EXPECT_EQ(benchmark.end.reason, "boom");
    EXPECT_EQ(benchmark.epoch.timings[0].samples_ns.size(), 1U);
  }
  EXPECT_EQ(first(skipped, skipped).end.status, RunStatus::kSkipped);
  EXPECT_EQ(first(skipped, skipped).end.reason, "no GPU");
}

TEST(BenchmarkFile, RefusesWhatIsNone) {
  const TemporaryFolder folder;
  const auto message = [&](const std::string& content) {
    return message_of<EnvironmentError>([&] { read_benchmark_file(folder.write("b.json", content)); });
  };
  const auto refuses = [&](const std::string& content, const char* words) {
    const std::string text = message(content);
    EXPECT_NE(text.find(std::string("b.json: ") + words), std::string::npos) << text;
    EXPECT_NE(text.find("--benchmark_out="), std::string::npos) << text;
    EXPECT_EQ(text.find("json.exception"), std::string::npos) << text;
  };
  refuses("", "line 1 is no JSON");
  refuses("{\n\n\"context\": oh", "line 3 is no JSON");
  refuses("\xff", "line 1 is no JSON");
  for (const char* content : {"[]", "7", R"({"context": 3})", R"({"context": {"host_name": 3}})"}) {
    refuses(content, "it has no 'context'");
  }
  refuses(R"({"context": {}})", "it has no list 'benchmarks'");
  refuses(R"({"context": {}, "benchmarks": {}})", "it has no list 'benchmarks'");
  for (const char* entry :
       {"7", R"({"run_name": 7})", R"({"run_name": "a"})", R"({"error_occurred": "x"})"}) {
    refuses(std::string(R"({"context": {}, "benchmarks": [)") + entry + "]}",
            "benchmark 1 lacks one of run_name");
  }
  for (const std::size_t levels : {40UL, 5'000UL, 1'000'000UL}) {
    refuses(R"({"context": )" + std::string(levels, '[') + std::string(levels, ']') + "}",
            "its JSON is more than 32 levels deep");
  }
  EXPECT_NE(message(R"({"context": {}, "benchmarks": []})").find("holds no benchmark"), std::string::npos);
  EXPECT_NE(
      message(
          R"({"context": {}, "benchmarks": [{"run_name": "a", "time_unit": "fortnights", "real_time": 1}]})")
          .find("no unit of time"),
      std::string::npos);
  EXPECT_NE(
      message(
          R"({"context": {}, "benchmarks": [{"run_name": "a", "time_unit": "s", "real_time": 1e300, "cpu_time": 1, "iterations": 1}]})")
          .find("real_time of a benchmark is no time"),
      std::string::npos);
  EXPECT_THROW(read_benchmark_file(folder.path() / "none.json"), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
