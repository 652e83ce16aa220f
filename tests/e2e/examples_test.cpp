// Catches: an example of the docs that no longer runs or no longer is what its page says.
#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using Examples = ProgramTest;

TEST_F(Examples, OfAnAxisRunsTheCellsThatItsCommentsSay) {
  const ProgramResult result = program_.run({"run", RNNBENCH_SOURCE_DIR "/examples/axis/experiment.toml"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(
      ask("SELECT group_concat(cell, ', ') FROM (SELECT cell || ' ' || length || ' ' || b.value || ' ' || "
          "r.value || ' x' || count(*) AS cell FROM run_summary s "
          "JOIN run_settings b ON b.run = s.run AND b.path = 'training.batch' "
          "JOIN run_settings r ON r.run = s.run AND r.path = 'training.optimizer.learning_rate' "
          "WHERE status = 'finished' GROUP BY cell, length, b.value, r.value ORDER BY cell, length)"),
      "\"gru 10 32 0.005 x2, gru 20 16 0.005 x2, lstm 20 16 0.01 x2, rnn 10 32 0.01 x2\"");
}

// Catches: lines of the Python example that `import` takes no longer, or that `check` finds wrong.
TEST_F(Examples, OfAPythonProgramThatLogsByItselfIsImportedAndJudged) {
  if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "needs python3";
  const std::string file = program_.folder() / "runs.jsonl";
  ASSERT_EQ(
      std::system(("python3 -B '" RNNBENCH_SOURCE_DIR "/examples/python/alone.py' '" + file + "'").c_str()),
      0);
  for (const char* added : {"6 runs added", "0 runs added, 0 completed, 6 known"}) {
    const ProgramResult imported = program_.run({"import", "--jsonl", file});
    EXPECT_EQ(imported.exit_code, 0) << imported.err;
    EXPECT_THAT(imported.out, testing::HasSubstr(added));
  }
  EXPECT_EQ(ask("SELECT count(*) || ' ' || min(epochs) || ' ' || max(seed) FROM run_summary WHERE status = "
                "'finished' AND engine = 'logged' AND test_loss > 0"),
            "6 2 3");
  const ProgramResult judged = program_.run({"compare", "rate=0.0001", "rate=0.1"});
  EXPECT_THAT(judged.out, testing::HasSubstr("rate=0.1 is more accurate by")) << judged.err;
  const ProgramResult checked = program_.run({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  EXPECT_EQ(program_.run({"rerun", "1"}).exit_code, 2);
}

// Catches: a value that the Python example takes, so that `import` refuses the file with all of its runs.
TEST_F(Examples, OfAPythonProgramRefusesAtOnceWhatImportWould) {
  if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "needs python3";
  const std::string file = program_.folder() / "runs.jsonl";
  ASSERT_EQ(
      std::system(("PYTHONPATH='" RNNBENCH_SOURCE_DIR "/examples/python' python3 -B '" RNNBENCH_SOURCE_DIR
                   "/tests/e2e/run_log_refusals.py' '" +
                   file + "'")
                      .c_str()),
      0);
  const ProgramResult imported = program_.run({"import", "--jsonl", file});
  EXPECT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_EQ(ask("SELECT status || ' ' || seed || ' ' || engine || ' ' || epochs || ' ' || train_seconds FROM "
                "run_summary"),
            "failed 9223372036854775807 logged 5 1.5");
  EXPECT_EQ(ask("SELECT group_concat(coalesce(value, 'NaN'), ' ') FROM metrics"), "NaN Inf -Inf 1.0 1.0");
}

}  // namespace
}  // namespace rnnbench
