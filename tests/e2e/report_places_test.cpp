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
  void fill(const std::string& name, const std::string& experiment_name = "placed") {
    Store store(program_.folder() / name);
    const TrialRecord trial{std::string(64, 'a'), "{}", "eigen", "rnn", "cpu", "toy", "toy", 256, 20};
    const ExperimentRecord experiment{experiment_name, "Which?", "x"};
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

TEST_F(ReportPlacesTest, AnOlderDatabaseIsHeldAgainstWhatItHas) {
  fill("new.db");
  fill("old.db");
  fill("other.db", "another");
  const ProgramResult compared = program_.run({"report", "--db", "new.db", "--against", "old.db"});
  EXPECT_EQ(compared.exit_code, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("against   new.report/placed/against.md"));
  const ProgramResult alone = program_.run({"report", "--db", "new.db", "--against", "other.db"});
  EXPECT_EQ(alone.exit_code, 2);
  EXPECT_THAT(alone.err, HasSubstr("--against other.db: it has none of these experiments"));
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
