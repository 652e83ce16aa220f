#include <sched.h>

#include <filesystem>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"

namespace rnnbench {
namespace {

/// Runs of two engines in one database, in a bundle; and another folder, where nothing is.
class BundleRerun : public ProgramTest {
 protected:
  BundleRerun() {
    std::string config = small_experiment();
    const std::string engines = R"(["eigen"])", lengths = "[10, 20]";
    config.replace(config.find(engines), engines.size(), R"(["eigen", "fused"])");
    config.replace(config.find(lengths), lengths.size(), "[10]");
    program_.write("small.toml", config);
    const ProgramResult first = program_.run({"run", "small.toml", "--seeds", "1", "--db", "there.db"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
  }
  void bundle() {
    const ProgramResult result =
        program_.run({"export", "--bundle", "b.tar.xz", "--run", "1,2", "--db", "there.db"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }
  ProgramResult rerun(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"rerun", "b.tar.xz"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return program_.run(arguments);
  }
  static bool has(const ProgramResult& result, const std::string& text) {
    return result.out.find(text) != std::string::npos;
  }
};

TEST_F(BundleRerun, GivesTheSameBitsInAnotherDatabase) {
  bundle();
  const ProgramResult again = rerun();
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_TRUE(has(again, "run 1 again as 3: bit-identical") &&
              has(again, "run 2 again as 4: bit-identical") && has(again, "2 of 2 runs agree"))
      << again.out;
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE tags = 'rerun'"), "2");
  EXPECT_EQ(rerun().exit_code, 0);
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary"), "6") << "the originals are there once";
}

// Another instruction set rounds otherwise, as another machine does.
TEST_F(BundleRerun, IsWithinTheToleranceWithAnotherInstructionSet) {
  bundle();
  program_.environment.emplace("RNNBENCH_SIMD", "SSE4");
  const ProgramResult again = rerun();
  if (again.err.find("no instruction set") != std::string::npos) GTEST_SKIP() << "this processor has no SSE4";
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_TRUE(has(again, "run 1 again as 3: bit-identical")) << again.out;
  if (has(again, "run 2 again as 4: bit-identical"))
    GTEST_SKIP() << "this processor has nothing better than SSE4";
  EXPECT_TRUE(has(again, "run 2 again as 4: within the tolerance of 0.02")) << again.out;
  EXPECT_TRUE(has(again, "other bits") && has(again, "changed: engine.instructions: ")) << again.out;
  EXPECT_EQ(rerun({"--tolerance", "0"}).exit_code, 1);
}

/// This process, and what it starts, on one of its processors, until the end.
class OneProcessor {
 public:
  OneProcessor() {
    ::sched_getaffinity(0, sizeof before_, &before_);
    int first = 0;
    while (!CPU_ISSET(first, &before_)) ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    ::sched_setaffinity(0, sizeof one, &one);
  }
  ~OneProcessor() { ::sched_setaffinity(0, sizeof before_, &before_); }
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;
  bool was_one() const { return CPU_COUNT(&before_) == 1; }

 private:
  cpu_set_t before_{};
};

TEST_F(BundleRerun, IsWithinTheToleranceWithAnotherNumberOfThreads) {
  bundle();
  const OneProcessor one;
  if (one.was_one()) GTEST_SKIP() << "there is one processor only";
  const ProgramResult again = rerun();
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_TRUE(has(again, "run 2 again as 4: within the tolerance of 0.02") &&
              has(again, "changed: engine.threads: "))
      << again.out;
}

TEST_F(BundleRerun, SaysWhichFigureIsNotWithin) {
  alter(program_.folder() / "there.db",
        "UPDATE metrics SET value = value + 0.1 WHERE run_id = 1 AND split = 'test' AND name = 'loss'");
  bundle();
  const ProgramResult again = rerun();
  EXPECT_EQ(again.exit_code, 1) << again.out << again.err;
  EXPECT_TRUE(has(again, "run 1 again as 3: NOT WITHIN the tolerance of 0.02") &&
              has(again, "1 of 2 runs agree"))
      << again.out;
  EXPECT_EQ(rerun({"--tolerance", "0.2"}).exit_code, 0);
}

// Catches: a file from somewhere runs any program at once.
TEST_F(BundleRerun, RunsProgramsOnlyWhenToldTo) {
  program_.write("command.toml", R"(schema = 1
name = "command"
question = "Is it run?"
seeds = [1]
engine = "command"
[command]
run = ["sh", "-c", "echo ran >> ran.txt; echo '{{\"metric\": \"loss\", \"value\": 1}'"]
)");
  const ProgramResult first = program_.run({"run", "command.toml", "--db", "command.db", "--no-report"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  ASSERT_EQ(program_.run({"export", "--bundle", "b.tar.xz", "--run", "1", "--db", "command.db"}).exit_code,
            0);
  const ProgramResult refused = rerun();
  EXPECT_EQ(refused.exit_code, 2) << refused.out;
  EXPECT_NE(refused.err.find("echo ran >> ran.txt"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("give --commands"), std::string::npos) << refused.err;
  EXPECT_EQ(read_file(program_.folder() / "ran.txt"), "ran\n");
  EXPECT_EQ(rerun({"--commands"}).exit_code, 0);
  EXPECT_EQ(read_file(program_.folder() / "ran.txt"), "ran\nran\n");
}

TEST_F(BundleRerun, RefusesADamagedOneAndBringsNothingIn) {
  bundle();
  const std::string whole = read_file(program_.folder() / "b.tar.xz");
  program_.write("b.tar.xz", whole.substr(0, whole.size() / 2));
  const ProgramResult cut = rerun();
  EXPECT_EQ(cut.exit_code, 3);
  EXPECT_NE(cut.err.find("b.tar.xz: it is cut or damaged"), std::string::npos) << cut.err;
  EXPECT_FALSE(std::filesystem::exists(database()));
  const ProgramResult missing = program_.run({"rerun", "missing.tar.xz"});
  EXPECT_EQ(missing.exit_code, 3);
  EXPECT_NE(missing.err.find("no file missing.tar.xz"), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace rnnbench
