// What report says and writes for databases with unusual names.
#include <gmock/gmock.h>

#include "results/store/store.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

class ReportPlacesTest : public ProgramTest {
 protected:
  void fill(const std::string& name) {
    Store store(program_.folder() / name);
    const TrialRecord trial{std::string(64, 'a'), "{}", "eigen", "rnn", "cpu", "toy", "toy", 256, 20};
    const ExperimentRecord experiment{"placed", "Which?", "x"};
    store.add_trials(experiment, {trial});
    store.end_run(store.begin_run({experiment, trial, 1, "{}"}),
                  {RunStatus::kFinished, "", 1, {{"accuracy", "test", 1, 0.75, "fraction"}}, {}, {}});
  }
};

// Catches: a folder taken for an option of the shell that starts gnuplot.
TEST_F(ReportPlacesTest, ADatabaseMayBeginWithAHyphen) {
  fill("-x.db");
  const ProgramResult result = program_.run({"report", "--db=-x.db"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_FALSE(std::filesystem::is_empty(program_.folder() / "-x.report" / "placed" / "figures"));
}

TEST_F(ReportPlacesTest, ControlCharactersInNamesAreShownInert) {
  fill("a\x1b[31m.db");
  const ProgramResult result = program_.run({"report", "--db", "a\x1b[31m.db"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("report    a\\x1b[31m.report/placed/report.md"));
  EXPECT_THAT(result.out, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace rnnbench
