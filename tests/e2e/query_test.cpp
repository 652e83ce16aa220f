#include <gmock/gmock.h>

#include <algorithm>

#include "results/store/store.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// What people ask, of a database that the store wrote.
class AskingTest : public ProgramTest {
 protected:
  AskingTest() : store_(database()) {}

  TrialRecord trial(const std::string& cell, double rate) {
    const std::string settings = R"({"engine":"eigen","model":{"layers":[{"cell":")" + cell +
                                 R"("}]},"training":{"learning_rate":)" + std::to_string(rate) + "}}";
    return {std::string(7, cell[0] == 'r' ? 'a' : 'b') + std::to_string(rate),
            settings,
            "eigen",
            cell,
            "cpu",
            "toy",
            "toy",
            256,
            20};
  }

  RunId add_run(const TrialRecord& trial, std::uint64_t seed, double accuracy,
                const std::string& environment = R"({"processor":"one"})") {
    const RunId run = store_.begin_run({{"asked", "Which?", "x", {"paper"}}, trial, seed, environment});
    store_.epoch_finished(run, {1,
                                {{"loss", "validation", 1, 0.25, "nats"}},
                                {{"step", "host", 1, false, {2'000'000, 1'000'000, 3'000'000}}}});
    store_.end_run(run,
                   {RunStatus::kFinished, "", 2.5, {{"accuracy", "test", 1, accuracy, "fraction"}}, {}, {}});
    return run;
  }

  void fill() {
    store_.add_trials({"asked", "Which?", "x", {"paper"}}, {trial("rnn", 0.1), trial("lstm", 0.01)});
    for (const std::uint64_t seed : {1U, 2U})
      add_run(trial("rnn", 0.1), seed, 0.8 + 0.01 * static_cast<int>(seed));
    for (const std::uint64_t seed : {1U, 2U}) add_run(trial("lstm", 0.01), seed, 0.9);
  }

  std::string out(const std::vector<std::string>& arguments) {
    const ProgramResult result = program_.run(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  Store store_;
};

TEST_F(AskingTest, ListFindsTheBestTrialOverItsSeeds) {
  fill();
  const std::string best =
      out({"list", "--group-by", "cell", "--sort", "test_accuracy:desc", "--limit", "1", "--format", "csv"});
  EXPECT_THAT(best, HasSubstr("\nlstm,2,0.9,0,2,"));
  EXPECT_EQ(out({"list", "--where", "training.learning_rate<0.05", "--where", "test_accuracy>0.85",
                 "--columns", "run,loss:validation", "--sort", "run:desc", "--format", "json"}),
            "[\n{\"run\": 4, \"loss:validation\": 0.25},\n{\"run\": 3, \"loss:validation\": 0.25}\n]\n");
  EXPECT_THAT(out({"list", "--tag", "paper", "--newest", "1", "--format", "markdown"}),
              HasSubstr("| lstm |"));
  const ProgramResult unknown = program_.run({"list", "--where", "learning_rate=1"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'training.learning_rate'?"));
}

TEST_F(AskingTest, AnOrdinaryListIsShortAndSaysSo) {
  for (std::uint64_t seed = 0; seed < 60; ++seed)
    store_.skip_run({{"many", "", ""}, trial("rnn", 1), seed, "{}"}, "x");
  const ProgramResult result = program_.run({"list"});
  EXPECT_EQ(lines_of(result.out), 51U);
  EXPECT_THAT(result.err, HasSubstr("50 of 60 runs"));
  EXPECT_EQ(lines_of(out({"list", "--status", "skipped", "--limit", "0"})), 61U);
  EXPECT_EQ(lines_of(out({"list", "--format", "csv"})), 61U);
  EXPECT_THAT(program_.run({"list", "--status", "skipped", "--sort", "seed"}).err,
              HasSubstr("50 of 60 runs"));
}

TEST_F(AskingTest, CompareAndDiffEnvShowWhatDiffers) {
  fill();
  const RunId elsewhere = add_run(trial("rnn", 0.1), 3, 0.83, R"({"processor":"two"})");
  EXPECT_THAT(out({"compare", "cell=rnn,seed<3", "cell=lstm"}),
              testing::AllOf(HasSubstr("training.learning_rate"), HasSubstr("0.815 ± 0.00707 (2)"),
                             HasSubstr("environments: nothing differs")));
  EXPECT_THAT(out({"compare", "1", "3", "--format", "csv"}),
              HasSubstr("metrics,accuracy:test,run 3,0.9,,1\n"));
  EXPECT_THAT(out({"diff-env", "1", std::to_string(elsewhere), "--format", "csv"}),
              HasSubstr("processor,one,two\n"));
  EXPECT_THAT(out({"diff-env", "1", "2"}), HasSubstr("same environment"));
  EXPECT_EQ(program_.run({"compare", "1"}).exit_code, 2);
  EXPECT_EQ(program_.run({"compare", "1", "nobody"}).exit_code, 2);
}

TEST_F(AskingTest, CompareJudgesInWordsOrSaysWhatToRun) {
  fill();
  EXPECT_THAT(
      out({"compare", "cell=rnn", "cell=lstm"}),
      testing::AllOf(
          testing::StartsWith(
              "cell=lstm against cell=rnn: cell=lstm is more accurate by 8.5 points [2.1, 14.9], p = 0.037 "),
          HasSubstr("(Holm), n = 2 pairs; speeds not compared; the same engine\n"),
          HasSubstr("the environments don't say on which machine")));
}

TEST_F(AskingTest, CompareHistoryNamesTheRevisionOfAStep) {
  EXPECT_EQ(program_.run({"compare", "--history"}).exit_code, 2);
  for (std::uint64_t session = 1; session <= 12; ++session) {
    const bool slow = session > 6;
    RunStart start{{"bench", "", ""},
                   trial("rnn", 0.1),
                   session,
                   std::string(R"({"processor":{"model":"X"},"system":{"host":"h"},"build":{"revision":")") +
                       (slow ? "new" : "old") + R"("}})"};
    start.particulars =
        R"({"bench":{"session":")" + std::to_string(session) + R"(","subject":"m1","side":"eigen"}})";
    const RunId run = store_.begin_run(start);
    const std::int64_t step = (slow ? 1'100'000 : 1'000'000) + static_cast<std::int64_t>(session * 100);
    store_.epoch_finished(run, {1, {}, {{"step", "host", 1, false, {step}}}});
    store_.end_run(run, {RunStatus::kFinished, "", 1, {}, {}, {}});
  }
  EXPECT_THAT(out({"compare", "--history", "m1"}),
              HasSubstr("m1 eigen on h: a step takes 1.10 times as long from revision new on, "));
  EXPECT_THAT(out({"compare", "--history", "--format", "json"}), HasSubstr("\"revision\": \"new\""));
  EXPECT_EQ(program_.run({"compare", "--history", "m2"}).exit_code, 2);
  EXPECT_EQ(program_.run({"compare", "--history", "m1", "m2"}).exit_code, 2);
}

TEST_F(AskingTest, NamedQueriesTakeValuesAndFilesOfOnesOwn) {
  fill();
  EXPECT_THAT(out({"query", "best-within", "--param", "seconds=60", "--format", "csv"}), HasSubstr(",lstm,"));
  const ProgramResult no_number = program_.run({"query", "best-within", "--param", "seconds=abc"});
  EXPECT_EQ(no_number.exit_code, 2);
  EXPECT_THAT(no_number.err, HasSubstr("--param 'seconds=abc': best-within wants a number there"));
  EXPECT_THAT(out({"query", "compare-cells", "--param", "one=rnn", "--param", "other=lstm"}),
              HasSubstr("difference"));
  std::filesystem::create_directories(database().parent_path() / "queries");
  program_.write("output/queries/broken.sql", "-- is broken\nSELECT nothing\nFROM run_summary\n");
  const ProgramResult broken = program_.run({"query", "broken"});
  EXPECT_EQ(broken.exit_code, 2);
  EXPECT_THAT(broken.err, HasSubstr("broken.sql:2: the query fails"));
  EXPECT_THAT(out({"query"}), HasSubstr("is broken"));
}

// Catches: a name, tag or reason that acts on a terminal, a page or a spreadsheet's reader, in any format.
TEST_F(AskingTest, HostileTextIsInertInAllFormats) {
  const std::string hostile =
      "\x1B[31m<script>alert(1)</script>|`';DROP TABLE runs;--\n\xFF" + std::string(1 << 20, 'x');
  TrialRecord bad = trial("rnn", 1);
  bad.engine = hostile;
  store_.skip_run({{hostile, hostile, hostile, {hostile}, hostile}, bad, 1, "{}"}, hostile);
  store_.add_trials({hostile, hostile, hostile, {hostile}, hostile}, {bad});
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"list", "--columns", "experiment,engine,tags,reason"},
        {"list", "--group-by", "engine,reason,experiment", "--status", "skipped"}}) {
    for (const char* format : {"table", "csv", "json", "markdown"}) {
      std::vector<std::string> arguments = command;
      arguments.insert(arguments.end(), {"--format", format});
      const std::string text = out(arguments);
      const std::string name = format;
      // CSV is for programs and keeps texts as they are, quoted.
      EXPECT_EQ(text.find('\x1B') == std::string::npos, name != "csv") << command[1] << name;
      EXPECT_TRUE(name != "markdown" || text.find("<script>") == std::string::npos) << command[1];
      EXPECT_TRUE(name != "table" || text.size() < 5000U) << command[1];
      const std::size_t lines = name == "table" ? 2 : name == "csv" ? 0 : 3;
      EXPECT_TRUE(lines == 0 || lines_of(text) == lines) << command[1] << name << lines_of(text);
    }
  }
}

}  // namespace
}  // namespace rnnbench
