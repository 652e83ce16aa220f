#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/matrix/expander.hpp"
#include "tests/harness/matrix/expanded_cells.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class ConditionalSettingsOfCells : public ExpandedCells {};

constexpr const char* kCells = R"([axes]
engine = ["a", "b"]
"model.layers" = [[{ cell = "rnn" }], [{ cell = "lstm" }], [{ cell = "lstm" }, { cell = "rnn" }]]
[training]
optimizer = { learning_rate = 1.0 }
)";

std::vector<double> rates(const std::vector<MatrixCell>& cells) {
  std::vector<double> rates;
  for (const MatrixCell& cell : cells) {
    rates.push_back(cell.settings.at("training").at("optimizer").at("learning_rate").get<double>());
  }
  return rates;
}

TEST_F(ConditionalSettingsOfCells, SetTheLearningRateByCellTheLaterOneWinning) {
  const std::string whens =
      std::string(kCells) +
      "[[when]]\nif = { cell = \"lstm\" }\nset = { training.optimizer.learning_rate = 2.0 }\n"
      "[[when]]\nif = { cell = \"lstm+rnn\" }\nset = { training.optimizer.learning_rate = 3.0 }\n"
      "[[when]]\nif = { engine = \"b\", cell = \"lstm\" }\n"
      "set = { training.optimizer.learning_rate = 4.0, training.batch = 9 }\n";
  const std::vector<MatrixCell> all = cells(whens);
  EXPECT_THAT(rates(all), ElementsAre(1, 2, 3, 1, 4, 3));
  EXPECT_EQ(all[4].settings.at("training").at("batch"), 9);
  EXPECT_FALSE(all[5].settings.at("training").contains("batch"));
  EXPECT_EQ(all[0].origins->at("training.optimizer.learning_rate"), "x.toml:9");
  EXPECT_EQ(all[1].origins->at("training.optimizer.learning_rate"), "x.toml:12");
  EXPECT_EQ(all[4].origins->at("training.optimizer.learning_rate"), "x.toml:18");
  EXPECT_THAT(rates(cells(whens, {"training.optimizer.learning_rate=7.0"})), testing::Each(7.0))
      << "--set wins";
}

TEST_F(ConditionalSettingsOfCells, AreMatchedWithoutEachOtherAndExcludedWithThem) {
  EXPECT_THAT(
      labels("[axes]\nengine = [\"a\", \"b\", \"c\"]\n[[when]]\nif = { engine = \"a\" }\nset = { device = "
             "\"x\" }\n"
             "[[exclude]]\ndevice = \"x\"\n[[exclude]]\ncell = \"gru\"\n[[when]]\nif = { engine = \"b\" }\n"
             "set = { model.layers = [{ cell = \"gru\" }] }\n"),
      ElementsAre("engine=c"));
  EXPECT_THAT(refusal("engine = \"a\"\n[[when]]\nif = { engine = \"a\" }\nset = { device = \"x\" }\n"
                      "[[when]]\nif = { device = \"x\" }\nset = { training.batch = 1 }\n"),
              StartsWith("x.toml:9: when: no cell of the matrix has device = \"x\"; correct it"));
}

TEST_F(ConditionalSettingsOfCells, ReadTheRecipeThatTheyName) {
  folder_.write("a.toml", "length = 1\n");
  folder_.write("b.toml", "length = 2\n");
  const std::vector<MatrixCell> all = cells(
      "[data]\nrecipe = \"a\"\n[axes]\nengine = [\"x\", \"y\"]\n[[when]]\nif = { engine = \"y\" }\n"
      "set = { data.recipe = \"b\" }\n[[when]]\nif = { engine = \"x\" }\nset = { recipe.length = 3 }\n");
  EXPECT_EQ(all[0].settings.at("recipe").at("length"), 3);
  EXPECT_EQ(all[1].settings.at("recipe").at("length"), 2);
  EXPECT_EQ(all[1].origins->at("recipe.length"), (folder_.path() / "b.toml:1").string());
}

TEST_F(ConditionalSettingsOfCells, ActOnIncludesBelowTheirOwnSettings) {
  const std::vector<MatrixCell> all = cells(
      "engine = \"a\"\n[[when]]\nif = { engine = \"b\" }\nset = { device = \"x\", training.batch = 2 }\n"
      "[[include]]\nengine = \"b\"\ntraining.batch = 1\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].settings, Json::parse(R"({"engine": "b", "device": "x", "training": {"batch": 1}})"));
}

TEST_F(ConditionalSettingsOfCells, MayBeIdleWhereTheCommandLineChangedTheMatrix) {
  const std::string when =
      std::string(kCells) + "[[when]]\nif = { engine = \"c\" }\nset = { device = \"x\" }\n";
  EXPECT_THAT(refusal(when), StartsWith("x.toml:10: when: no cell of the matrix has engine = \"c\""));
  EXPECT_EQ(cells(when, {"engine=c"})[0].settings.at("device"), "x");
  EXPECT_EQ(cells(when, {"engine=a"}).size(), 3U);
}

}  // namespace
}  // namespace rnnbench
