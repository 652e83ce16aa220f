#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Errors : public ProgramTest {
 protected:
  void run_two() {
    const auto config = program_.write("small.toml", small_experiment());
    ASSERT_EQ(program_.run({"run", config, "--set", "training.epochs=2"}).exit_code, 0);
  }
};

TEST_F(Errors, ShowEverySectionOfTwoRunsWithTheirTexts) {
  run_two();
  const ProgramResult result = program_.run({"errors", "1", "2", "--sample", "3"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  for (const char* part :
       {"Accuracy, AUC", "macro average", "3 test reviews drawn with seed 1", "McNemar, exact p", "negation",
        "expected calibration error", "erred independently", "text"}) {
    EXPECT_THAT(result.out, HasSubstr(part));
  }
  const auto json = nlohmann::json::parse(program_.run({"errors", "1", "2", "--format", "json"}).out);
  EXPECT_EQ(json["sample"].size(), 20U);
  const double accuracy = std::stod(ask("SELECT test_accuracy FROM run_summary WHERE run = 1"));
  EXPECT_NEAR(json["totals"][0]["accuracy"].get<double>(), accuracy, 1e-12);
  const ProgramResult csv = program_.run({"errors", "1", "2", "--only", "disagreements", "--format", "csv"});
  EXPECT_THAT(csv.out, StartsWith("review,label,stars,run 1,p run 1,run 2,p run 2,text\n"));
}

TEST_F(Errors, GoOnWithoutTextsAndRefuseWhatHasNoPredictions) {
  run_two();
  ASSERT_EQ(program_
                .run({"run", program_.write("other.toml", small_experiment()), "--set", "data.limit.test=50",
                      "--seeds", "1", "--set", "training.epochs=1"})
                .exit_code,
            0);
  const std::string last = ask("SELECT max(run) FROM run_summary");
  const ProgramResult other = program_.run({"errors", "1", last});
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("was tested on other reviews than run 1"));
  EXPECT_THAT(program_.run({"errors", "99"}).err, HasSubstr("no run 99"));
  EXPECT_THAT(program_.run({"errors", "1", "--only", "groups,smaple"}).err,
              HasSubstr("did you mean 'sample'?"));
}

TEST_F(Errors, PredictSaysWhatEachWordOfATestReviewIsWorth) {
  run_two();
  const ProgramResult words = program_.run({"predict", "1", "--review", "1", "--words", "--format", "csv"});
  EXPECT_EQ(words.exit_code, 0) << words.err;
  EXPECT_THAT(words.err, HasSubstr("test review 1, labelled "));
  EXPECT_THAT(words.out, StartsWith("position,word,known,influence,p_without\n"));
  EXPECT_THAT(program_.run({"predict", "1", "The plot was good.", "--words"}).out, HasSubstr("p_without"));
  EXPECT_THAT(program_.run({"predict", "1", "--review", "201"}).err,
              HasSubstr("was tested on reviews 1 to 200"));
  EXPECT_EQ(program_.run({"predict", "1"}).exit_code, 2);
}

TEST_F(Errors, DataShowSaysWhatARecipeMakesOfTheToySet) {
  const ProgramResult shown =
      program_.run({"data", "show", "toy", "--set", "data.set=toy", "--format", "json"});
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  const auto json = nlohmann::json::parse(shown.out);
  EXPECT_EQ(json["parts"][0]["train"], 2000);
  EXPECT_EQ(json["parts"][0]["test"], 1000);
  EXPECT_EQ(json["examples"][0]["id"].get<int>() > 0, true);
  const ProgramResult wrong = program_.run({"data", "show", "tyo"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("no recipe 'tyo'"));
  EXPECT_THAT(program_.run({"data", "show", "toy", "--set", "training.epochs=2"}).err,
              HasSubstr("only settings of recipe and data matter here"));
  EXPECT_THAT(program_.run({"data", "show", "toy", "--set", "recipe.lenght=2"}).err,
              HasSubstr("did you mean 'length'?"));
}

}  // namespace
}  // namespace rnnbench
