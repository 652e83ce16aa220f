// Catches: a document a model, numbers within texts, a name that stands for two columns, a number where the
// clock stood still.
#include "results/query/bench_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "results/query/table_format.hpp"
#include "tests/results/query/bench_example.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

Json rows_of(const std::vector<BenchData>& benches) { return Json::parse(json_text(bench_rows(benches))); }

TEST(BenchRows, AreARowASideOfAllModels) {
  BenchData other = a_bench();
  other.subject = "m4";
  const Json rows = rows_of({a_bench(), other});
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1].at("model"), "m1");
  EXPECT_EQ(rows[3].at("model"), "m4");
  EXPECT_EQ(rows[3].at("reference"), "eigen");
  EXPECT_EQ(rows[3].at("side"), "libtorch");
  EXPECT_EQ(rows[3].at("comparison"), "s1");
}

TEST(BenchRows, HoldNumbersByTheirUnits) {
  const Json rows = rows_of({a_bench()});
  EXPECT_DOUBLE_EQ(rows[0].at("step_ms").get<double>(), 2);
  EXPECT_DOUBLE_EQ(rows[1].at("step_ms").get<double>(), 6);
  EXPECT_EQ(rows[0].at("step_ratio"), 1);
  EXPECT_TRUE(rows[0].at("step_ratio_low").is_null());
  EXPECT_NEAR(rows[1].at("step_ratio").get<double>(), 3, 0.01);
  EXPECT_LT(rows[1].at("step_ratio_low").get<double>(), 3);
  EXPECT_GT(rows[1].at("step_ratio_high").get<double>(), 3);
  EXPECT_DOUBLE_EQ(rows[1].at("predict_ms").get<double>(), 2);
  EXPECT_NEAR(rows[1].at("predict_ratio").get<double>(), 2, 0.01);
  EXPECT_DOUBLE_EQ(rows[0].at("operations_per_second").get<double>(), 2e9);
  EXPECT_DOUBLE_EQ(rows[0].at("peak_share").get<double>(), 0.25);
  EXPECT_EQ(rows[0].at("memory_bytes"), 300'000'000);
  EXPECT_TRUE(rows[0].at("device_memory_bytes").is_null());
  EXPECT_EQ(rows[0].at("noisy_steps"), 7);
  EXPECT_EQ(rows[0].at("rounds"), 6);
  EXPECT_TRUE(rows[1].at("problem").is_null());
}

TEST(BenchRows, NoNameStandsForTwoColumns) {
  const std::vector<std::string> columns = bench_rows({}).columns;
  EXPECT_EQ(std::set<std::string>(columns.begin(), columns.end()).size(), columns.size());
}

TEST(BenchRows, AStandingClockGivesItsReasonAndNoNumber) {
  BenchData bench = a_bench();
  bench.sides[0].clock_problems["step"] = "the clock stands still";
  const Json rows = rows_of({bench});
  EXPECT_TRUE(rows[0].at("step_ms").is_null());
  EXPECT_TRUE(rows[0].at("operations_per_second").is_null());
  EXPECT_TRUE(rows[1].at("step_ratio").is_null());
  EXPECT_EQ(rows[1].at("problem"), "the clock stands still");
}

}  // namespace
}  // namespace rnnbench
