// Engines that are fitted at once, beside a net.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class Baselines : public ProgramTest {
 protected:
  void write_experiment(const std::string& engines, const std::string& extra = "") {
    program_.write("bags.toml", R"(schema = 1
name = "bags"
question = "?"
seeds = [1, 2]
[data]
set = "toy"
recipe = "toy"
validation = 0.2
limit = { train = 600, test = 400 }
[axes]
engine = )" + engines + R"(
[model]
embedding = { size = 8 }
layers = [{ cell = "rnn", units = 8 }]
[training]
optimizer = { name = "adam", learning_rate = 1e-2 }
epochs = 2
[baseline.xgboost]
rounds = 60
threads = 1
)" + extra);
  }
};

TEST_F(Baselines, StandInTheSameTablesAsANet) {
  write_experiment(R"(["eigen", "xgboost", "tfidf-logistic"])");
  const ProgramResult planned = program_.run({"plan", "bags.toml"});
  EXPECT_EQ(planned.exit_code, 0) << planned.err;
  const ProgramResult result = program_.run({"run", "bags.toml"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("6 finished, 0 failed"));
  // The labels of the toy reviews follow from pairs of words, of which counts of single ones know nothing.
  EXPECT_EQ(
      ask("SELECT min(test_accuracy) > 0.8 AND max(cell) = '' AND max(length) = 0 FROM run_summary WHERE "
          "engine = 'tfidf-logistic'"),
      "1");
  EXPECT_EQ(
      ask("SELECT min(epochs) > 1 AND count(test_accuracy) = 2 FROM run_summary WHERE engine = 'xgboost'"),
      "1");
  EXPECT_EQ(ask("SELECT count(*) FROM predictions WHERE split = 'test'"), "6");
  const ProgramResult compared = program_.run({"compare", "engine=eigen", "engine=xgboost"});
  EXPECT_EQ(compared.exit_code, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("McNemar"));
  for (const char* engine : {"xgboost", "tfidf-logistic"}) {
    const std::string run =
        ask(std::string("SELECT max(run) FROM run_summary WHERE engine = '") + engine + "'");
    EXPECT_EQ(program_.run({"show", run}).exit_code, 0);
    const ProgramResult judged = program_.run({"predict", run, "a wonderful film", ""});
    EXPECT_EQ(judged.exit_code, 0) << judged.err;
    EXPECT_THAT(judged.out, HasSubstr("probability of positive"));
    const ProgramResult again = program_.run({"rerun", run});
    EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  }
  EXPECT_THAT(program_.run({"run", "bags.toml"}).out, HasSubstr("6 were done already"));
}

TEST_F(Baselines, NeedNoModelAndRefuseWhatTheyDontHave) {
  write_experiment(R"(["xgboost"])");
  EXPECT_THAT(program_.run({"plan", "bags.toml", "--set", "baseline.xgboost.dept=3"}).err,
              HasSubstr("depth"));
  EXPECT_THAT(program_.run({"plan", "bags.toml", "--set", "engine=xgbost"}).err, HasSubstr("xgboost"));
  const ProgramResult on_gpu = program_.run({"run", "bags.toml", "--set", "device=cuda"});
  EXPECT_THAT(on_gpu.out + on_gpu.err, HasSubstr("cuda: the xgboost engine runs on cpu only"));
}

TEST_F(Baselines, LengthsOfTheRecipeAreOneTrial) {
  write_experiment(R"(["xgboost"]
"recipe.length" = [10, 20])");
  const ProgramResult planned = program_.run({"plan", "bags.toml"});
  EXPECT_EQ(planned.exit_code, 2);
  EXPECT_THAT(planned.err, HasSubstr("recipe.length (10 and 20), which changes nothing there"));
}

}  // namespace
}  // namespace rnnbench
