#include "results/query/run_filter.hpp"

#include "results/query/run_list.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunFilterTest : public QueryTest {
 protected:
  RunFilterTest() {
    execute(path_, "INSERT INTO run_tags VALUES (1, 'paper'), (2, 'two words')");
    execute(path_, "INSERT INTO experiments (name, question, config, created) VALUES ('other', '', '', '')");
    execute(path_, "UPDATE runs SET experiment_id = 2 WHERE id = 3");
    execute(path_, "INSERT INTO experiment_tags VALUES (2, 'paper')");
  }
  std::int64_t count(const RunFilter& filter) { return count_runs(*database_, filter); }
};

TEST_F(RunFilterTest, TagsAreThoseOfRunsAndExperiments) {
  EXPECT_EQ(count({.tags = {"paper"}}), 2);
  EXPECT_EQ(count({.tags = {"two words"}}), 1);
  EXPECT_EQ(count({.tags = {"paper", "two words"}}), 0);
  EXPECT_EQ(count({.tags = {"pap"}}), 0);
}

TEST_F(RunFilterTest, TrialsAreFoundByTheBeginningOfTheirKey) {
  EXPECT_EQ(count({.trial = a_trial().key.substr(0, 6)}), 5);
  EXPECT_EQ(count({.trial = a_trial().key}), 5);
  EXPECT_EQ(count({.trial = "%"}), 0);
}

TEST_F(RunFilterTest, KnowsWhetherItAsksForAStatus) {
  EXPECT_TRUE(asks_for_status({.status = "failed"}));
  EXPECT_TRUE(asks_for_status({.where = {"seed=1", "status!=skipped"}}));
  EXPECT_FALSE(asks_for_status({.where = {"reason=status"}}));
}

TEST_F(RunFilterTest, MisspeltTagsGetTheNearest) {
  EXPECT_THAT(message_of<ConfigError>([&] { refuse_unknown_values(*database_, {.tags = {"papr"}}); }),
              HasSubstr("no run has tag 'papr'; did you mean 'paper'?"));
  refuse_unknown_values(*database_, {.engine = "eigen", .tags = {"paper"}});
}

}  // namespace
}  // namespace rnnbench
