#include "results/query/run_environment.hpp"

#include "results/query/comparison.hpp"
#include "results/query/environment_difference.hpp"
#include "results/query/repetition.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunEnvironmentTest : public QueryTest {
 protected:
  RunEnvironmentTest() {
    execute(path_,
            R"(INSERT INTO environments VALUES (101, 'one', '{"cores":2,"host":{"name":"a"},"variable":"x"}'),
               (102, 'other', '{"cores":4,"host":{"name":"a"},"flags":"-O3"}'))");
    execute(path_, R"(UPDATE runs SET environment_id = 101, engine_details = '{"threads":2}')");
    execute(path_, "INSERT INTO resumes VALUES (2, '2026-01-01', 7, 3, 102, 'b')");
  }
};

TEST_F(RunEnvironmentTest, IsFlatWithTheEnginesDetails) {
  EXPECT_EQ(run_environment(*database_, 1),
            (FlatJson{{"cores", "2"}, {"engine.threads", "2"}, {"host.name", "a"}, {"variable", "x"}}));
  EXPECT_THAT(message_of<ConfigError>([&] { run_environment(*database_, 77); }), HasSubstr("no run 77"));
}

// Catches: a run that went on elsewhere shown as one of the place where it began.
TEST_F(RunEnvironmentTest, SaysWhereARunWentOn) {
  EXPECT_EQ(run_environment(*database_, 2), (FlatJson{{"cores", "2 (resumed: 4)"},
                                                      {"engine.threads", "2"},
                                                      {"flags", "- (resumed: -O3)"},
                                                      {"host.name", "a"},
                                                      {"variable", "x (resumed: -)"}}));
  EXPECT_EQ(environment_difference(*database_, 1, 2).rows.size(), 3U);
  EXPECT_EQ(changed_surroundings(*database_, 1, 2).size(), 3U);
  const Comparison comparison =
      compare_subjects(*database_, {find_subject(*database_, "1"), find_subject(*database_, "2")});
  EXPECT_THAT(comparison_text(comparison, TableFormat::kCsv), HasSubstr("environments,cores,run 2,\"2, 4\""));
}

}  // namespace
}  // namespace rnnbench
