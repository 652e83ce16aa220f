// Programs as sides of a bench: `bench --engines eigen,command:…`.
#include <gmock/gmock.h>
#include <signal.h>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/support/process_end.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kPeer = R"(read -r setup
echo '{"ready": 1, "versions": {"toy": "7.1"}}'
while read -r request; do
  count=${request#*:}; count=${count%\}}; samples=1000000
  while [ "$count" -gt 1 ]; do samples=$samples,1000000; count=$((count - 1)); done
  echo "{\"samples_ns\": [$samples]}"
done
)";

class BenchPrograms : public ProgramTest {
 protected:
  BenchPrograms() { program_.write("small.toml", small_experiment()); }

  /// Beside the eigen engine.
  ProgramResult bench(const std::string& engine, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"bench", "small.toml", "--engines", "eigen," + engine,
                                          "--for", "1",          "--set",     "recipe.length=10"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return program_.run(arguments);
  }
};

TEST_F(BenchPrograms, StandBesideEnginesWithoutParity) {
  program_.write("peer.sh", kPeer);
  const ProgramResult result = bench("command:sh peer.sh fast");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("sh peer.sh fast (program, parity not shown)"));
  EXPECT_THAT(result.out, HasSubstr("parity not shown of eigen and sh peer.sh fast"));
  EXPECT_THAT(result.out, HasSubstr(R"(sh peer.sh fast: {"toy":"7.1"})"));
  EXPECT_THAT(result.out, Not(HasSubstr("--engines eigen,command"))) << "parity has no such engine";
  EXPECT_THAT(result.out, Not(HasSubstr("sh peer.sh fast spends a step on")));
  EXPECT_EQ(
      ask("SELECT group_concat(DISTINCT phase) FROM (SELECT phase FROM timings JOIN runs ON runs.id = run_id "
          "JOIN trials ON trials.id = trial_id WHERE engine = 'command' ORDER BY phase)"),
      "\"control,predict,step\"");
  EXPECT_EQ(ask("SELECT min(median_ns) || ' ' || max(median_ns) FROM timings JOIN runs ON runs.id = run_id "
                "JOIN trials ON trials.id = trial_id WHERE engine = 'command' AND phase <> 'control'"),
            "1000000 1000000");
  EXPECT_EQ(ask("SELECT min(value) > 0 FROM metrics JOIN runs ON runs.id = run_id JOIN trials ON trials.id = "
                "trial_id WHERE engine = 'command' AND name = 'memory_peak'"),
            "1");
  EXPECT_EQ(ask("SELECT length(settings ->> '$.command.files.\"peer.sh\"') FROM trials WHERE engine = "
                "'command'"),
            "64");
  ASSERT_EQ(program_.run({"report", "bench"}).exit_code, 0);
  const std::string page = read_file(program_.folder() / "output" / "results.report" / "bench" / "report.md");
  EXPECT_THAT(page, HasSubstr("sh peer.sh fast (program, parity not shown)"));
  EXPECT_THAT(page, HasSubstr("--engines 'eigen,command:sh peer.sh fast'"));
}

TEST_F(BenchPrograms, ThatFailAreNamedOnceWithTheirLastWords) {
  program_.write("dies.sh", "read -r setup; echo 'no such layer' >&2; exit 9");
  const ProgramResult dead = bench("command:sh dies.sh");
  EXPECT_EQ(dead.exit_code, 1);
  EXPECT_THAT(dead.err, HasSubstr("sh dies.sh ended with exit code 9, after it wrote: no such layer"));
  program_.write("nonsense.sh", "read -r setup; echo hello; read -r more");
  const ProgramResult nonsense = bench("command:sh nonsense.sh");
  EXPECT_EQ(nonsense.exit_code, 1);
  EXPECT_THAT(nonsense.err, HasSubstr("sh nonsense.sh answered 'hello'; expected a JSON object a line"));
  program_.write("one.sh", R"(read -r setup; echo '{"ready": 1}'
    while read -r request; do echo '{"samples_ns": [1, 1]}'; done)");
  const ProgramResult wrong_count = bench("command:sh one.sh");
  EXPECT_EQ(wrong_count.exit_code, 1);
  EXPECT_THAT(wrong_count.err, HasSubstr("expected {\"samples_ns\": [1 whole numbers]}"));
}

// Catches: helpers of a program that died, which take processors from whatever is timed next.
TEST_F(BenchPrograms, LeaveNothingRunning) {
  program_.write("leaves.sh", "read -r setup; sleep 1000 & echo $! > left.pid; exit 9");
  EXPECT_EQ(bench("command:sh leaves.sh").exit_code, 1);
  const pid_t left = std::stoi(read_file(program_.folder() / "left.pid"));
  EXPECT_TRUE(ends_soon(left)) << "the program's sleep still runs";
  ::kill(left, SIGKILL);
}

TEST_F(BenchPrograms, OfOneNameAreToldApart) {
  for (const char* path : {"a/peer", "b/peer"}) {
    program_.write(path, std::string("#!/bin/sh\n") + kPeer);
    std::filesystem::permissions(program_.folder() / path, std::filesystem::perms::owner_all);
  }
  const ProgramResult result = bench("command:a/peer,command:b/peer");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("a/peer (program, parity not shown)"));
  EXPECT_THAT(result.out, HasSubstr("b/peer (program, parity not shown)"));
  EXPECT_THAT(bench("command:a/peer,command:a/peer").out, HasSubstr("a/peer (2) (program"));
}

TEST_F(BenchPrograms, AreRefusedBeforeAnythingIsTimed) {
  const auto refusal = [&](const std::string& engine, const std::vector<std::string>& more = {}) {
    const ProgramResult result = bench(engine, more);
    EXPECT_EQ(result.exit_code, 2) << result.out << result.err;
    return result.err;
  };
  EXPECT_THAT(refusal("command:"), HasSubstr("'command:' names no program"));
  EXPECT_THAT(refusal("command:./none.sh"), HasSubstr("./none.sh is no program"));
  EXPECT_THAT(refusal("command:sh {speed}"), HasSubstr("'speed' in braces is no parameter"));
  for (const char* option : {"--ablate", "--scaling", "--explain"}) {
    EXPECT_THAT(refusal("command:true", {option}), HasSubstr("'command:true' is a program"));
  }
  EXPECT_THAT(refusal("command:true", {"--against", RNNBENCH_PROGRAM}), HasSubstr("take engines"));
}

}  // namespace
}  // namespace rnnbench
