#include "results/query/past_runs.hpp"

#include <algorithm>

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

TEST_F(QueryTest, PastTrialsAreThoseOfFinishedRuns) {
  execute(path_,
          "UPDATE runs SET started = '2026-01-01T00:00:00.000Z', finished = '2026-01-01T00:00:0' || seed || "
          "'.500Z', seconds = NULL WHERE seed < 9");
  const std::vector<PastTrial> trials = past_trials(*database_);
  ASSERT_EQ(trials.size(), 2U);
  const auto found = std::find_if(trials.begin(), trials.end(),
                                  [](const auto& trial) { return trial.key == a_trial().key; });
  ASSERT_NE(found, trials.end());
  EXPECT_EQ(found->engine, "eigen");
  EXPECT_EQ(found->runs, 3);
  EXPECT_NEAR(found->mean_seconds, 2.5, 1e-3);
}

TEST_F(QueryTest, PastTrialsTakeTheRecordedSecondsOfAllSessions) {
  execute(path_, "UPDATE runs SET seconds = 10 * seed WHERE status = 'finished'");
  for (const PastTrial& trial : past_trials(*database_)) EXPECT_NEAR(trial.mean_seconds, 20, 1e-9);
}

TEST_F(QueryTest, PastTrialsGiveTheSettingsThatDecideTheTime) {
  execute(
      path_,
      R"(UPDATE trials SET settings = '{"data":{"limit":{"train":5},"validation":0.1},"training":{"epochs":3,)"
      R"("batch":8},"model":{"layers":[{"units":4}]}}')");
  EXPECT_EQ(past_trials(*database_).at(0).settings, R"([5,null,0.1,3,8,[{"units":4}]])");
}

TEST_F(QueryTest, EstimateErrorIsTheMedianOfFinishedRunsWithAnEstimate) {
  execute(path_, "UPDATE runs SET estimated_seconds = NULL");
  EXPECT_FALSE(estimate_error(*database_));
  execute(path_,
          "UPDATE runs SET seconds = 10, estimated_seconds = 10 / (1 + seed / 10.0) "
          "WHERE status = 'finished' AND trial_id = 1");
  const auto error = estimate_error(*database_);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->runs, 3);
  EXPECT_NEAR(error->median, 0.2, 1e-9);
}

}  // namespace
}  // namespace rnnbench
