// export and import as a person calls them.
#include <gmock/gmock.h>

#include <algorithm>
#include <memory>

#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"
#include "results/store/store.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

/// Two commands.
constexpr const char* kOfHyperfine =
    R"({"results": [{"command": "a", "times": [1.5, 2.5]}, {"command": "b", "times": [3]}]})";

class Exchange : public ProgramTest {
 protected:
  Exchange() {
    Store store(database());
    TrialRecord trial;
    trial.settings = R"({"engine":"eigen"})";
    trial.key = sha256_hex(trial.settings);
    trial.engine = "eigen";
    RunStart start;
    start.experiment = {"first", "Which?", "x"};
    start.trial = trial;
    start.environment = R"({"processor":"a"})";
    RunEnd end;
    end.metrics = {{"accuracy", "test", 1, 0.75, "fraction"}};
    for (const std::uint64_t seed : {1, 2, 3}) {
      start.seed = seed;
      const RunId run = store.begin_run(start);
      store.epoch_finished(run, {1,
                                 {{"loss", "validation", 1, 0.5 / static_cast<double>(seed), "nats"}},
                                 {{"step", "host", 1, false, {3, 1, 2}}}});
      store.end_run(run, end);
    }
  }
  std::string list(const std::string& db) {
    return program_
        .run({"list", "--db", db, "--format", "csv", "--columns", "run,seed,loss:validation,uid,started"})
        .out;
  }
  /// Exit code 2 or 3 and one message.
  std::string refusal(const std::vector<std::string>& arguments, int exit_code) {
    const ProgramResult result = program_.run(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    return result.err;
  }
};

TEST_F(Exchange, WhatIsExportedIsImportedOnce) {
  for (const auto& [format, name] : {std::pair("--csv", "tables"), std::pair("--jsonl", "runs.jsonl")}) {
    const ProgramResult written = program_.run({"export", format, name});
    EXPECT_EQ(written.exit_code, 0) << written.err;
    EXPECT_THAT(written.out, HasSubstr(std::string(name) + ": 3 runs, "));
    const std::string db = std::string(name) + ".db";
    const ProgramResult read = program_.run({"import", format, name, "--db", db});
    EXPECT_EQ(read.exit_code, 0) << read.err;
    EXPECT_THAT(read.out, HasSubstr("3 runs added"));
    EXPECT_EQ(list(db), list("output/results.db"));
    EXPECT_THAT(program_.run({"import", format, name, "--db", db}).out,
                HasSubstr("0 runs added, 0 completed, 3 known"));
    EXPECT_EQ(program_.run({"check", "--db", db}).exit_code, 0);
  }
}

TEST_F(Exchange, RunsAreChosenByNumberAndCondition) {
  const auto runs_of = [&](const std::vector<std::string>& choice, const std::string& name) {
    std::vector<std::string> arguments = {"export", "--jsonl", name};
    arguments.insert(arguments.end(), choice.begin(), choice.end());
    return program_.run(arguments).out;
  };
  EXPECT_THAT(runs_of({"--run", "1,3"}, "a"), HasSubstr("2 runs"));
  EXPECT_THAT(runs_of({"--run", "1", "--run", "3"}, "b"), HasSubstr("2 runs"));
  EXPECT_THAT(runs_of({"--where", "loss:validation<0.3"}, "c"), HasSubstr("2 runs"));
  EXPECT_THAT(runs_of({"--where", "loss:validation<0.3", "--run", "1,2"}, "d"), HasSubstr("1 runs"));
  EXPECT_THAT(refusal({"export", "--jsonl", "e", "--run", "9"}, 2), HasSubstr("no run 9"));
  EXPECT_THAT(refusal({"export", "--jsonl", "e", "--run", "x"}, 2), HasSubstr("'x' is no run's number"));
  EXPECT_THAT(refusal({"export", "--jsonl", "e", "--where", "seed>7"}, 2), HasSubstr("no run is chosen"));
  EXPECT_THAT(refusal({"export", "--jsonl", "e", "--engine", "eigne"}, 2),
              HasSubstr("did you mean 'eigen'?"));
  EXPECT_FALSE(fs::exists(program_.folder() / "e"));
}

TEST_F(Exchange, WhatCannotBeDoneIsSaidAndLosesNothing) {
  EXPECT_THAT(refusal({"export"}, 2), HasSubstr("in which format? Give one of --csv FOLDER, --jsonl FILE"));
  refusal({"export", "--csv", "a", "--jsonl", "b"}, 2);
  EXPECT_THAT(refusal({"import"}, 2), HasSubstr("what is to be imported?"));
  refusal({"import", "x.json", "--csv", "a"}, 2);
  refusal({"import", "--mlflow", "http://127.0.0.1:9", "--csv", "a"}, 2);
  for (const char* command : {"export", "import"}) {
    EXPECT_THAT(refusal({command, "--mlflow", "sqlite:///mlflow.db"}, 2),
                HasSubstr("give an address like http://"));
    EXPECT_THAT(refusal({command, "--mlflow", "http://127.0.0.1:9"}, 3), HasSubstr("no server answers"));
  }
  program_.write("there/file", "mine");
  EXPECT_THAT(refusal({"export", "--csv", "there"}, 3), HasSubstr("there exists already"));
  EXPECT_THAT(refusal({"export", "--jsonl", "there/file"}, 3), HasSubstr("file exists already"));
  EXPECT_EQ(read_file(program_.folder() / "there/file"), "mine");
  EXPECT_THAT(refusal({"export", "--csv", "a", "--db", "none.db"}, 3), HasSubstr("no results yet"));
  ASSERT_EQ(program_.run({"export", "--csv", "tables"}).exit_code, 0);
  const fs::path metrics = program_.folder() / "tables" / "metrics.csv";
  program_.write("tables/metrics.csv", read_file(metrics) + "1,loss\n");
  const std::string before = list("output/results.db");
  EXPECT_THAT(refusal({"import", "--csv", "tables"}, 3),
              HasSubstr("tables/metrics.csv:8: 2 fields where the first line has 7"));
  EXPECT_THAT(refusal({"import", "--csv", "tables", "--db", "new.db"}, 3), HasSubstr("metrics.csv:8"));
  EXPECT_FALSE(fs::exists(program_.folder() / "new.db"));
  EXPECT_THAT(refusal({"import", "--jsonl", "tables"}, 3), HasSubstr("tables"));
  EXPECT_EQ(list("output/results.db"), before);
}

TEST_F(Exchange, AConflictEndsWithOne) {
  ASSERT_EQ(program_.run({"export", "--jsonl", "runs.jsonl"}).exit_code, 0);
  std::string text = read_file(program_.folder() / "runs.jsonl");
  text.replace(text.find("\"value\":0.25"), 12, "\"value\":0.26");
  program_.write("runs.jsonl", text);
  const ProgramResult result = program_.run({"import", "--jsonl", "runs.jsonl"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, AllOf(HasSubstr("1 conflicts"), HasSubstr("conflict: run 2")));
}

TEST_F(Exchange, ImportTakesAFileOfHyperfineOnce) {
  program_.write(
      "h.json",
      R"({"results": [{"command": "sleep 1", "mean": 1.5, "stddev": null, "median": 1.5, "user": 0.25, "system": 0.25,
    "min": 1.5, "max": 1.5, "times": [1.5], "exit_codes": [3]}]})");
  EXPECT_THAT(program_.run({"import", "h.json"}).out, HasSubstr("1 benchmarks"));
  EXPECT_THAT(program_.run({"import", "h.json"}).out, HasSubstr("already"));
  const ProgramResult listed =
      program_.run({"list", "--experiment", "benchmarks", "--format", "csv", "--columns",
                    "engine,cell,status,real_time:,cpu_time:,nonzero_exits:"});
  EXPECT_THAT(listed.out, HasSubstr("hyperfine,sleep 1,finished,1.5,0.5,1\n")) << listed.err;
  EXPECT_THAT(program_.run({"show", "4"}).out, HasSubstr("exit_codes"));
  EXPECT_EQ(program_.run({"report", "benchmarks"}).exit_code, 0);
  EXPECT_THAT(read_file(program_.folder() / "output" / "results.report" / "benchmarks" / "report.md"),
              HasSubstr("| sleep 1 | 1 | 1.5 s | 500 ms |"));
}

// Catches: a file of benchmarks that is there twice, since several imports looked before any of them wrote.
TEST_F(Exchange, ImportsOfAFileOfBenchmarksAtATimeRecordItOnce) {
  const std::string file = program_.write("h.json", kOfHyperfine), db = program_.folder() / "one.db";
  std::vector<std::unique_ptr<Program>> importers;
  for (int i = 0; i < 8; ++i) {
    importers.push_back(std::make_unique<Program>(program_.folder() / std::to_string(i)));
    importers.back()->start({"import", file, "--db", db});
  }
  int recorded = 0;
  for (const auto& each : importers) {
    const ProgramResult result = each->wait();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    recorded += result.out.find("2 benchmarks") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(recorded, 1);
  EXPECT_EQ(program_.run({"query", "SELECT count(*) FROM runs", "--db", db, "--format", "csv"}).out,
            "count(*)\n2\n");
}

// Catches: the same, where two databases took the file, on two days, and are merged.
TEST_F(Exchange, AMergeKnowsBenchmarksOfAFileThatBothTook) {
  program_.write("h.json", kOfHyperfine);
  for (const char* db : {"one.db", "two.db"})
    ASSERT_EQ(program_.run({"import", "h.json", "--db", db}).exit_code, 0);
  const ProgramResult merged = program_.run({"merge", "one.db", "--db", "two.db"});
  EXPECT_EQ(merged.exit_code, 0) << merged.out;
  EXPECT_THAT(merged.out, HasSubstr("0 runs added, 0 completed, 2 known")) << merged.err;
}

}  // namespace
}  // namespace rnnbench
