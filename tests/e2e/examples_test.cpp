// Catches: an example of the docs that no longer runs or no longer is what its page says.
#include <gmock/gmock.h>

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

}  // namespace
}  // namespace rnnbench
