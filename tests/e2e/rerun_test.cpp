#include <csignal>
#include <cstdlib>

#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"

namespace rnnbench {
namespace {

class Rerun : public ProgramTest {
 protected:
  Rerun() {
    const ProgramResult first =
        program_.run({"run", program_.write("small.toml", small_experiment()).string(), "--seeds", "1"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
  }
  void alter(const std::string& sql) { rnnbench::alter(database(), sql); }
};

TEST_F(Rerun, GivesTheSameBitsFromTheDatabaseAlone) {
  std::filesystem::remove(program_.folder() / "small.toml");
  const ProgramResult again = program_.run({"rerun", "1", "--random", "2"});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("run 1 again as 3: bit-identical"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("3 of 3 runs gave the same bits"), std::string::npos) << again.out;
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE tags = 'rerun' AND experiment = 'small'"), "3");
}

TEST_F(Rerun, SaysWhatIsDifferentFirstAndWhatHasChanged) {
  alter(
      "UPDATE metrics SET value = value + 1e-12 WHERE run_id = 1 AND epoch = 2 AND split = 'train'; "
      "UPDATE environments SET digest = 'old', content = json_set(content, '$.processor.model', 'another')");
  const ProgramResult again = program_.run({"rerun", "1"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_NE(again.out.find("run 1 again as 3: DIFFERENT"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("first in epoch 2, train accuracy: "), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("changed: processor.model: another then, "), std::string::npos) << again.out;
}

// Catches: a repetition that begins anew each time, and leaves a checkpoint behind each time.
TEST_F(Rerun, GoesOnWithARepetitionThatWasKilled) {
  program_.environment.emplace("RNNBENCH_CHECKPOINT_SECONDS", "0");
  const std::vector<std::string> run = {"run", "small.toml", "--seeds", "1", "--set", "training.epochs=60"};
  ASSERT_EQ(program_.run(run).exit_code, 0);
  const std::string number = ask("SELECT max(run_id) FROM metrics WHERE epoch = 60");
  program_.start({"rerun", number});
  const std::string recorded = "SELECT max(epoch) FROM metrics WHERE run_id > " + number;
  while (program_.is_running() && std::atoi(first_cell(database(), recorded).c_str()) < 10) ::usleep(5000);
  program_.send(SIGKILL);
  program_.wait();
  const ProgramResult again = program_.run({"rerun", number});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("bit-identical"), std::string::npos) << again.out;
  EXPECT_EQ(ask("SELECT count(*) FROM resumes"), "1");
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "5") << "two of three epochs, two of 60, one repetition";
  EXPECT_EQ(ask("SELECT count(*) FROM checkpoints"), "0");
  EXPECT_EQ(ask("SELECT count(*) FROM run_tags"), "1");
}

TEST_F(Rerun, RefusesWhatItCantRepeat) {
  const auto refusal = [&](const std::vector<std::string>& arguments, int exit_code) {
    const ProgramResult result = program_.run(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << result.out;
    return result.err;
  };
  EXPECT_NE(refusal({"rerun", "99"}, 2).find("no run 99"), std::string::npos);
  EXPECT_NE(refusal({"rerun"}, 2).find("which run?"), std::string::npos);
  alter("UPDATE trials SET settings = json_set(settings, '$.data.fingerprint', 'f0') WHERE id = 1");
  EXPECT_NE(refusal({"rerun", "1"}, 3).find("of fingerprint f0, that found here has "), std::string::npos);
  alter("UPDATE trials SET settings = json_set(settings, '$.training.epochs', 2) WHERE id = 2");
  EXPECT_NE(refusal({"rerun", "2"}, 3).find("reads the settings of run 2 otherwise"), std::string::npos);
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "2");
}

}  // namespace
}  // namespace rnnbench
