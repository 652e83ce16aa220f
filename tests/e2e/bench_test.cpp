#include <gmock/gmock.h>
#include <sched.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class Bench : public ProgramTest {
 protected:
  Bench() { program_.write("small.toml", small_experiment()); }

  /// Of the eigen engine of this build with itself: there is no other that every build has.
  ProgramResult bench(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"bench",     "small.toml",      "--engines", "eigen",
                                          "--against", RNNBENCH_PROGRAM,  "--for",     "1",
                                          "--set",     "recipe.length=10"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return program_.run(arguments);
  }

  /// Until the comparison that was started has recorded one.
  void wait_for_rounds() {
    for (int wait = 0; wait < 600 && program_.is_running(); ++wait) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      const std::string count = first_cell(database(), "SELECT count(*) FROM timings");
      if (count != "no answer" && count != "0") return;
    }
    ADD_FAILURE() << "no round was recorded";
  }
};

int count(const std::string& text, const std::string& part) {
  int times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST_F(Bench, ComparesTwoBuildsAndRecordsEachAsARun) {
  const ProgramResult result = bench();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("a training step: "));
  EXPECT_THAT(result.out, HasSubstr("a prediction: "));
  EXPECT_THAT(result.out, HasSubstr("batches of 16 reviews of 10 tokens (toy); "));
  EXPECT_THAT(result.out, HasSubstr("a control that is always the same took "));
  EXPECT_THAT(result.out, HasSubstr("eigen spends a step on: data "));
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE experiment = 'bench' AND status = 'finished'"), "2");
  EXPECT_EQ(ask("SELECT count(DISTINCT particulars ->> '$.bench.session') FROM runs"), "1");
  EXPECT_EQ(ask("SELECT min(epochs) >= 6 FROM run_summary"), "1");
  EXPECT_EQ(ask("SELECT group_concat(DISTINCT phase) FROM (SELECT phase FROM timings ORDER BY phase)"),
            "\"backward,control,data,forward,optimizer,phases,predict,step\"");
  EXPECT_EQ(ask("SELECT count(*) FROM timings WHERE warmup AND phase <> 'step'"), "0");
  EXPECT_EQ(ask("SELECT min(value) > 0 FROM metrics WHERE name IN ('memory_peak', 'step_operations', "
                "'multiply_add_peak', 'bandwidth_memory', 'clock_reading', 'clock_resolution')"),
            "1");
}

TEST_F(Bench, TimesAnEngineWithoutEachOfItsShortcuts) {
  const ProgramResult result = program_.run({"bench", "small.toml", "--ablate", "--for", "1", "--set",
                                             "recipe.length=10", "--set", "training.threads=1"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* shortcut : {"words", "padding", "registers", "pieces", "adam", "idle"}) {
    EXPECT_THAT(result.out, HasSubstr(std::string("fused without ") + shortcut + " "));
    EXPECT_EQ(ask(std::string("SELECT count(*) FROM trials WHERE settings ->> '$.bench.without[0]' = '") +
                  shortcut + "'"),
              "1");
  }
  EXPECT_THAT(result.out, HasSubstr("fused needs "));
  EXPECT_EQ(ask("SELECT count(*) FROM metrics WHERE name = 'needed_operations' AND value > 0"), "7");
  EXPECT_EQ(ask("SELECT count(*) FROM metrics WHERE name = 'needed_bytes' AND value > 0"), "7");
  const ProgramResult refused = program_.run({"bench", "small.toml", "--ablate", "--engines", "eigen"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("the eigen engine has no shortcuts to leave out"));
}

TEST_F(Bench, TimesAnEngineOnFewerThreads) {
  const std::vector<std::string> command = {"bench", "small.toml", "--scaling", "--for", "1", "--threads"};
  const auto with = [&](const char* threads) {
    std::vector<std::string> words = command;
    words.insert(words.end(), {threads, "--set", "recipe.length=10"});
    return program_.run(words);
  };
  const ProgramResult refused = with("1");
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("it takes two"));
  EXPECT_THAT(with("1000").err, HasSubstr("are more than the"));
  cpu_set_t processors;
  ASSERT_EQ(::sched_getaffinity(0, sizeof(processors), &processors), 0);
  if (CPU_COUNT(&processors) < 2) GTEST_SKIP() << "there is one processor";
  const ProgramResult result = with("2");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("fused on 1 thread "));
  EXPECT_EQ(
      ask("SELECT group_concat(settings ->> '$.training.threads', ' ') FROM (SELECT settings FROM trials "
          "JOIN runs ON trial_id = trials.id GROUP BY trials.id ORDER BY min(runs.id))"),
      "2 1");
}

TEST_F(Bench, SaysWhatAStepComesTo) {
  const ProgramResult result = program_.run({"bench", "small.toml", "--engines", "eigen,fused", "--explain",
                                             "--format", "csv", "--set", "recipe.length=10"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(count(result.out, ",as written,"), 2);
  EXPECT_EQ(count(result.out, ",saved by words,-"), 1);
  EXPECT_EQ(count(result.out, ",needed,"), 1);
  EXPECT_FALSE(std::filesystem::exists(database())) << "nothing is timed";
}

TEST_F(Bench, PhasesAddUpToTheStepThatTheyArePartsOf) {
  ASSERT_EQ(bench().exit_code, 0);
  // Between the phases there is nothing but the readings of the clock.
  EXPECT_EQ(ask("SELECT max(abs(1 - parts / whole)) < 0.01 FROM (SELECT run_id, "
                "sum(total_ns) FILTER (WHERE phase IN ('data', 'forward', 'backward', 'optimizer')) * 1.0 AS "
                "parts, "
                "sum(total_ns) FILTER (WHERE phase = 'phases') AS whole FROM timings GROUP BY run_id)"),
            "1");
}

TEST_F(Bench, TheReportShowsTheSame) {
  const ProgramResult result = bench();
  const ProgramResult report = program_.run({"report", "bench"});
  ASSERT_EQ(report.exit_code, 0) << report.err;
  EXPECT_THAT(report.out, testing::Not(HasSubstr("figures"))) << "none is made";
  const std::string page = read_file(program_.folder() / "output" / "results.report" / "bench" / "report.md");
  const std::size_t begin = result.out.find("a training step: ");
  const std::string verdict = result.out.substr(begin, result.out.find('\n', begin) - begin);
  const std::size_t number = verdict.find_first_of("0123456789");
  EXPECT_THAT(page, HasSubstr(verdict.substr(number, verdict.find(' ', number) - number)));
  EXPECT_THAT(page, HasSubstr("## Timings"));
  EXPECT_THAT(page, HasSubstr("rnnbench bench small.toml --engines eigen --against"));
  EXPECT_EQ(page.find("accuracy"), std::string::npos) << "nothing was trained";
}

// Catches: a report of the newest command's comparisons only.
TEST_F(Bench, TheReportShowsTheNewestOfEachModelAndSaysSo) {
  program_.write("other.toml", small_experiment());
  for (const char* file : {"small.toml", "small.toml", "other.toml"}) {
    ASSERT_EQ(program_
                  .run({"bench", file, "--engines", "eigen", "--against", RNNBENCH_PROGRAM, "--for", "0.5",
                        "--set", "recipe.length=10"})
                  .exit_code,
              0);
  }
  ASSERT_EQ(program_.run({"report", "bench"}).exit_code, 0);
  const std::string page = read_file(program_.folder() / "output" / "results.report" / "bench" / "report.md");
  EXPECT_THAT(page, HasSubstr("Of each model, settings and sides the newest finished comparison."));
  EXPECT_EQ(count(page, "\n### small.toml"), 1);
  EXPECT_EQ(count(page, "\n### other.toml"), 1);
  EXPECT_EQ(count(page, "\nrnnbench bench "), 2) << page;
}

TEST_F(Bench, TheReportKeepsComparisonsOfOtherSettingsApart) {
  for (const char* batch : {"training.batch=4", "training.batch=8"}) {
    ASSERT_EQ(bench({"--set", batch}).exit_code, 0);
  }
  ASSERT_EQ(program_.run({"report", "bench"}).exit_code, 0);
  const std::string page = read_file(program_.folder() / "output" / "results.report" / "bench" / "report.md");
  EXPECT_THAT(page, HasSubstr("batches of 4 reviews"));
  EXPECT_THAT(page, HasSubstr("batches of 8 reviews"));
}

// Catches: a document a model, texts with intervals for numbers, two columns of one name.
TEST_F(Bench, ForProgramsAllModelsAreOneTable) {
  program_.write("other.toml", small_experiment());
  const ProgramResult result = bench({"other.toml", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto rows = nlohmann::json::parse(result.out);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_NE(rows[0].at("model"), rows[2].at("model"));
  EXPECT_EQ(rows[0].at("step_ratio"), 1);
  EXPECT_EQ(rows[1].at("side"), "eigen");
  EXPECT_LE(rows[1].at("step_ratio_low").get<double>(), rows[1].at("step_ratio").get<double>());
  EXPECT_GT(rows[3].at("predict_ms").get<double>(), 0);
}

TEST_F(Bench, OtherCommandsLeaveItAlone) {
  ASSERT_EQ(bench().exit_code, 0);
  const ProgramResult again = program_.run({"rerun", "1"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("`rnnbench bench`"));
  const ProgramResult plan = program_.run({"plan", "small.toml"});
  EXPECT_THAT(plan.out + plan.err, HasSubstr("4 runs"));
  EXPECT_EQ(program_.run({"run", "small.toml", "--set", "training.epochs=1"}).exit_code, 0);
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE experiment = 'small' AND status = 'finished'"), "4");
}

TEST_F(Bench, RefusesWhatItCantCompare) {
  const auto refusal = [&](const std::vector<std::string>& arguments) {
    const ProgramResult result = program_.run(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.out << result.err;
    return result.err;
  };
  EXPECT_THAT(refusal({"bench", "m9"}), HasSubstr("m1 to m6"));
  EXPECT_THAT(refusal({"bench", "small.toml", "--engines", "eigen"}), HasSubstr("--against"));
  EXPECT_THAT(refusal({"bench", "small.toml", "--engines", "eigen,foo"}),
              testing::ContainsRegex("there is no engine 'foo'; engines: .*eigen"));
  EXPECT_THAT(refusal({"bench", "small.toml", "--engines", "eigen,eigne"}),
              testing::ContainsRegex("there is no engine 'eigne'; did you mean 'eigen'.; engines: .*eigen"));
  EXPECT_THAT(refusal({"bench", "small.toml", "--engines", "eigen,eigen:cuda"}),
              HasSubstr("eigen:cuda can't be timed"));
  EXPECT_THAT(refusal({"bench", "small.toml", "--against", "no-such-revision"}), HasSubstr("no revision"));
  EXPECT_THAT(refusal({"bench-side"}), HasSubstr("use `rnnbench bench`"));
  EXPECT_FALSE(std::filesystem::exists(database())) << "nothing was begun";
}

TEST_F(Bench, ImportTakesAFileOfGoogleBenchmarkOnce) {
  program_.write(
      "b.json",
      R"({"context": {"date": "2026-01-31T13:00:00+01:00", "host_name": "far", "num_cpus": 2}, "benchmarks": [{"name": "a", "run_name": "a", "iterations": 3,
    "real_time": 2, "cpu_time": 1, "time_unit": "us", "rows": 5}]})");
  EXPECT_THAT(program_.run({"import", "b.json"}).out, HasSubstr("1 benchmarks"));
  EXPECT_THAT(program_.run({"import", "b.json"}).out, HasSubstr("already"));
  EXPECT_EQ(ask("SELECT cell || ' ' || status || ' ' || (SELECT median_ns FROM timings) FROM run_summary"),
            "a finished 2000");
  EXPECT_EQ(ask("SELECT host || ' ' || started || ' ' || finished FROM run_summary"),
            "far 2026-01-31T12:00:00.000Z 2026-01-31T12:00:00.000Z");
  EXPECT_THAT(program_.run({"report", "benchmarks"}).out, testing::Not(HasSubstr("figures")));
  EXPECT_THAT(read_file(program_.folder() / "output" / "results.report" / "benchmarks" / "report.md"),
              HasSubstr("| a | 1 | 2 µs | 1 µs | rows 5 |"));
  EXPECT_EQ(program_.run({"show", "1"}).exit_code, 0);
  EXPECT_EQ(program_.run({"import", "small.toml"}).exit_code, 3);
}

// Catches: runs of a comparison that was killed which stay `running`.
TEST_F(Bench, TheNextOneEndsTheRunsOfOneThatWasKilled) {
  program_.start({"bench", "small.toml", "--engines", "eigen", "--against", RNNBENCH_PROGRAM, "--for", "8",
                  "--precision", "0.01", "--set", "recipe.length=10"});
  wait_for_rounds();
  program_.send(SIGKILL);
  program_.wait();
  EXPECT_EQ(ask("SELECT group_concat(DISTINCT status) FROM runs"), "running");
  const ProgramResult next = bench();
  EXPECT_THAT(next.err, HasSubstr("2 runs of a process that is gone are marked interrupted"));
  EXPECT_EQ(ask("SELECT group_concat(status) FROM (SELECT status FROM runs ORDER BY id)"),
            "\"interrupted,interrupted,finished,finished\"");
}

TEST_F(Bench, InterruptedItSaysWhatIsRecorded) {
  program_.start({"bench", "small.toml", "--engines", "eigen", "--against", RNNBENCH_PROGRAM, "--for", "8",
                  "--precision", "0.01", "--set", "recipe.length=10"});
  wait_for_rounds();
  program_.send(SIGINT);
  const ProgramResult result = program_.wait();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_THAT(result.err, HasSubstr("the rounds that were over are recorded as interrupted runs"));
  EXPECT_THAT(result.err, HasSubstr("the same command begins anew"));
  EXPECT_EQ(ask("SELECT DISTINCT status FROM runs"), "interrupted");
}

TEST_F(Bench, AProgramThatIsNoSideIsNamed) {
  const ProgramResult result =
      program_.run({"bench", "small.toml", "--engines", "eigen", "--against", "/bin/false", "--for", "1"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("exit code 1"));
}

}  // namespace
}  // namespace rnnbench
