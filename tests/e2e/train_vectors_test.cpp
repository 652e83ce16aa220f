// Catches: trained vectors that a run can't name, or that are trained again; a command that doesn't stop.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <string>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class TrainedVectors : public ProgramTest {
 protected:
  TrainedVectors() { program_.environment["RNNBENCH_VECTORS"] = ""; }

  ProgramResult train(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"data", "vectors", config_, "--set", "recipe.length=10"});
    return program_.run(more);
  }
  /// What stands after `label` on a line of its own.
  static std::string line_of(const std::string& text, const std::string& label) {
    const std::size_t at = text.find(label) + label.size();
    return text.substr(at, text.find('\n', at) - at);
  }
  fs::path folder() const { return program_.folder() / "cache" / "rnnbench" / "vectors"; }

  std::string config_ = program_.write("small.toml", small_experiment());
};

TEST_F(TrainedVectors, AreUsedByTheCommandThatIsPrinted) {
  const ProgramResult trained = train();
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_THAT(trained.err, AllOf(HasSubstr("400 training and 0 unlabelled"), HasSubstr("none found")));
  EXPECT_THAT(trained.out, AllOf(HasSubstr("vocabulary"), HasSubstr("tokens"), HasSubstr("8 dimensions")));
  const std::string use = line_of(trained.out, "--set model.embedding.vectors=");
  ASSERT_EQ(
      program_.run({"run", config_, "--seeds", "1", "--set", "model.embedding.vectors=" + use}).exit_code, 0);
  EXPECT_EQ(ask("SELECT count(*) FROM metrics WHERE name = 'vectors_found' AND value > 0.3"), "2");

  const ProgramResult again = train();
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.out, HasSubstr("there already"));
  EXPECT_EQ(again.err, "");
}

TEST_F(TrainedVectors, OnOneThreadAreTheSameBytesTwice) {
  ASSERT_EQ(train({"--out", "a.bin"}).exit_code, 0);
  ASSERT_EQ(train({"--out", "b.bin"}).exit_code, 0);
  ASSERT_EQ(train({"--out", "c.bin", "--seed", "2"}).exit_code, 0);
  const auto bytes = [&](const char* name) { return read_file(program_.folder() / name); };
  EXPECT_EQ(bytes("a.bin"), bytes("b.bin"));
  EXPECT_NE(bytes("a.bin"), bytes("c.bin"));
  const ProgramResult two = train({"--threads", "2"});
  EXPECT_THAT(two.err, HasSubstr("with 2 threads the next call gives other vectors"));
}

TEST_F(TrainedVectors, OfTrialsThatDifferNeedAChoice) {
  const ProgramResult result = program_.run({"data", "vectors", config_});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("choose one with --set"));
  EXPECT_EQ(train({"--dimensions", "0"}).exit_code, 2);
  program_.write("mine.bin", "mine");
  EXPECT_EQ(train({"--out", "mine.bin"}).exit_code, 2);
  EXPECT_EQ(read_file(program_.folder() / "mine.bin"), "mine");
}

TEST_F(TrainedVectors, StopWithinASecondAndLeaveNothing) {
  program_.start({"data", "vectors", config_, "--set", "recipe.length=10", "--epochs", "10000"});
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  const auto asked = std::chrono::steady_clock::now();
  program_.send(SIGINT);
  const ProgramResult result = program_.wait();
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(1));
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_THAT(result.err, HasSubstr("kept where their training was over"));
  EXPECT_FALSE(fs::exists(folder()));
}

}  // namespace
}  // namespace rnnbench
