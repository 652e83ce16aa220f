#include <gmock/gmock.h>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

class LightCommands : public ProgramTest {};

// Catches: a command that loads an engine's module (there is none here) before it needs it.
TEST_F(LightCommands, NeedNoEngineModule) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", config, "--seeds", "1"}).exit_code, 0);
  program_.environment["RNNBENCH_ENGINES"] = (program_.folder() / "no-engines").string();
  for (const std::vector<std::string>& command : {std::vector<std::string>{"plan", config.string()},
                                                  {"list"},
                                                  {"show", "1"},
                                                  {"query", "SELECT 1"},
                                                  {"query", "summary"},
                                                  {"report"},
                                                  {"data", "list"},
                                                  {"doctor", "--facts"},
                                                  {"--help"}}) {
    const ProgramResult result = program_.run(command);
    EXPECT_EQ(result.exit_code, 0) << command[0] << ": " << result.err;
    EXPECT_FALSE(result.out.empty()) << command[0];
  }
  EXPECT_EQ(program_.run({"predict", "1", "good"}).exit_code, 3);
}

TEST_F(LightCommands, PlanSaysWhatIsDoneAndWhatIsSkipped) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", config, "--seeds", "1"}).exit_code, 0);
  const ProgramResult result = program_.run({"plan", config});
  EXPECT_THAT(result.out, testing::HasSubstr("2 of 4 runs are finished"));
  const ProgramResult skipped = program_.run({"plan", config, "--set", "device=cuda"});
  EXPECT_THAT(skipped.out, testing::HasSubstr("skip"));
}

}  // namespace
}  // namespace rnnbench
