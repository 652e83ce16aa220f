#include "results/query/finished_runs.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

TEST_F(QueryTest, FinishedRunsAreThoseOfTheStore) {
  EXPECT_EQ(finished_runs(*database_), Store(path_).finished_runs());
  EXPECT_EQ(finished_runs(*database_).size(), 6U);
}

TEST_F(QueryTest, MeanRunSecondsAreOfFinishedRuns) {
  execute(path_,
          "UPDATE runs SET started = '2026-01-01T00:00:00.000Z', finished = '2026-01-01T00:00:0' || seed || "
          "'.500Z'");
  const auto seconds = mean_run_seconds(*database_);
  ASSERT_EQ(seconds.size(), 2U);
  EXPECT_NEAR(seconds.at(a_trial().key), 2.5, 1e-3);
}

}  // namespace
}  // namespace rnnbench
