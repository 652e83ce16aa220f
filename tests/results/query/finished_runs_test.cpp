#include "results/query/finished_runs.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

TEST_F(QueryTest, FinishedRunsAreThoseOfTheStore) {
  EXPECT_EQ(finished_runs(*database_), Store(path_).finished_runs());
  EXPECT_EQ(finished_runs(*database_).size(), 6U);
}

}  // namespace
}  // namespace rnnbench
