#include "results/query/prediction_source.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

TEST_F(QueryTest, FindsWhatAModelNeeds) {
  const PredictionSource source = run_for_prediction(*database_, 2);
  EXPECT_EQ(source.settings, a_trial().settings);
  EXPECT_EQ(source.seed, 2U);
  EXPECT_EQ(source.file("parameters_best"), folder_ / "runs" / "best.bin");
  EXPECT_EQ(source.file("vocabulary"), folder_ / "runs" / "words.txt");
  EXPECT_EQ(source.file("parameters_last"), "");
  EXPECT_EQ(source.artifacts.at(0).sha256, "ab12");
  EXPECT_EQ(source.artifacts.at(0).bytes, 42);
}

TEST_F(QueryTest, RunsWithoutParametersAreRefused) {
  EXPECT_THAT(message_of<ConfigError>([&] { run_for_prediction(*database_, 7); }),
              HasSubstr("run 7 (failed) saved no parameters"));
  EXPECT_THAT(message_of<ConfigError>([&] { run_for_prediction(*database_, 99); }), HasSubstr("no run 99"));
}

}  // namespace
}  // namespace rnnbench
