#include "harness/matrix/expander.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "tests/harness/matrix/expanded_cells.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class MatrixExpander : public ExpandedCells {};

// The example of the design, which users copy.
constexpr const char* kExample = R"(
[data]
set    = "imdb"
recipe = "keras-imdb"
limit  = { train = 5000 }

[axes]
engine              = ["libtorch", "eigen"]
device              = ["cpu", "cuda"]
"model.layers.0.cell" = ["rnn", "lstm"]
"recipe.vocabulary" = [5000, 20000]
"recipe.length"     = [100, 200]

[[exclude]]
engine = "eigen"
device = "cuda"

[model]
embedding = { size = 64 }
layers    = [{ cell = "rnn", units = 64, output_dropout = 0.3 }]
pooling   = "mean"
dense     = []
head      = "softmax"

[training]
optimizer = { name = "adam", learning_rate = 5e-4, l2 = 1e-4 }
batch     = 32
epochs    = 4
)";

TEST_F(MatrixExpander, ExpandsTheExampleOfTheDesign) {
  folder_.write("keras-imdb.toml", "length = 80\nvocabulary = 88584\nstart_id = 1\n");

  const std::vector<MatrixCell> all = cells(kExample);

  ASSERT_EQ(all.size(), 24U);
  EXPECT_EQ(
      label(all[0]),
      "engine=libtorch, device=cpu, model.layers.0.cell=rnn, recipe.vocabulary=5000, recipe.length=100");
  EXPECT_EQ(
      label(all[1]),
      "engine=libtorch, device=cpu, model.layers.0.cell=rnn, recipe.vocabulary=5000, recipe.length=200");
  EXPECT_EQ(
      label(all[8]),
      "engine=libtorch, device=cuda, model.layers.0.cell=rnn, recipe.vocabulary=5000, recipe.length=100");
  EXPECT_EQ(label(all[23]),
            "engine=eigen, device=cpu, model.layers.0.cell=lstm, recipe.vocabulary=20000, recipe.length=200");
  EXPECT_EQ(all[23].settings, Json::parse(R"({
    "engine": "eigen", "device": "cpu",
    "data": {"set": "imdb", "limit": {"train": 5000}},
    "recipe": {"name": "keras-imdb", "length": 200, "vocabulary": 20000, "start_id": 1},
    "model": {"embedding": {"size": 64}, "layers": [{"cell": "lstm", "units": 64, "output_dropout": 0.3}],
              "pooling": "mean", "dense": [], "head": "softmax"},
    "training": {"optimizer": {"name": "adam", "learning_rate": 5e-4, "l2": 1e-4}, "batch": 32, "epochs": 4}})"));
}

TEST_F(MatrixExpander, MakesOneCellWithoutAxes) {
  const std::vector<MatrixCell> all = cells("engine = \"eigen\"\n[axes]\n");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].settings, Json::parse(R"({"engine": "eigen"})"));
  EXPECT_EQ(label(all[0]), "");
}

TEST_F(MatrixExpander, LayersTheRecipe) {
  folder_.write("a.toml", "length = 1\nvocabulary = 1\npadding_id = 1\nsteps = [{ kind = \"split\" }]\n");
  folder_.write("b.toml", "base = \"a\"\nlength = 2\n");

  const std::vector<MatrixCell> all = cells(
      "[recipe]\nvocabulary = 7\n[axes]\n\"data.recipe\" = [\"a\", \"b\"]\n"
      "\"recipe.steps.0.kind\" = [\"lower\"]\n");

  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].settings.at("recipe"),
            Json::parse(R"({"name": "a", "length": 1, "vocabulary": 7, "padding_id": 1,
                                                          "steps": [{"kind": "lower"}]})"));
  EXPECT_EQ(all[1].settings.at("recipe").at("length"), 2);
  EXPECT_EQ(all[1].settings.at("data"), Json::object());
  EXPECT_EQ(label(all[1]), "data.recipe=b, recipe.steps.0.kind=lower");
  EXPECT_EQ(all[0].origins->at("recipe.vocabulary"), "x.toml:6");
  EXPECT_EQ(all[0].origins->at("recipe.length"), (folder_.path() / "a.toml:1").string());
  EXPECT_EQ(all[1].origins->at("recipe.length"), (folder_.path() / "b.toml:2").string());
  EXPECT_EQ(all[1].origins->at("recipe.steps.0.kind"), "x.toml:9");
}

// Catches: a cell whose recipe's name is lost because the cell before was given without it.
TEST_F(MatrixExpander, KnowsTheRecipesNameInEachCell) {
  folder_.write("a.toml", "length = 1\n");
  EXPECT_THAT(labels("[data]\nrecipe = \"a\"\n[axes]\ndevice = [\"x\", \"y\"]\nengine = [\"e\", \"f\"]\n"
                     "[[exclude]]\nengine = \"f\"\n\"data.recipe\" = \"a\"\n"),
              ElementsAre("device=x, engine=e", "device=y, engine=e"));
}

TEST_F(MatrixExpander, TakesWholeRecipeTablesOnTopOfTheFile) {
  folder_.write("a.toml", "length = 1\nvocabulary = 1\n");
  const std::vector<MatrixCell> all =
      cells("[data]\nrecipe = \"a\"\n[axes]\nrecipe = [{ length = 5 }, { vocabulary = 6 }]\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].settings.at("recipe"), Json::parse(R"({"name": "a", "length": 5, "vocabulary": 1})"));
  EXPECT_EQ(all[1].settings.at("recipe"), Json::parse(R"({"name": "a", "length": 1, "vocabulary": 6})"));
  EXPECT_THAT(refusal("[axes]\nrecipe = [\"a\"]\n"),
              AllOf(StartsWith("x.toml:6: recipe: "), HasSubstr("data.recipe")));
}

TEST_F(MatrixExpander, PlacesSettingsOfAnAxisAtTheAxis) {
  const std::vector<MatrixCell> all = cells(
      "[model]\nlayers = [{ cell = \"rnn\" }]\n[axes]\n"
      "\"model.layers.0\" = [{ cell = \"gru\" }]\n\"model.poling\" = [\"last\"]\n");
  EXPECT_EQ(all[0].origins->at("model.layers.0"), "x.toml:8");
  EXPECT_FALSE(all[0].origins->contains("model.layers.0.cell"));
  EXPECT_EQ(all[0].origins->at("model.poling"), "x.toml:9");
  EXPECT_EQ(all[0].origins->at(""), "x.toml");
}

TEST_F(MatrixExpander, SharesOriginsAmongCells) {
  const std::vector<MatrixCell> all = cells("[axes]\nengine = [\"a\", \"b\"]\n");
  EXPECT_EQ(all[0].origins, all[1].origins);
}

TEST_F(MatrixExpander, ExcludesByEveryGivenSetting) {
  const std::string axes = "[axes]\nengine = [\"a\", \"b\"]\nmodel.pooling = [\"last\", \"mean\"]\n";
  EXPECT_THAT(labels(axes + "[[exclude]]\nengine = \"a\"\nmodel = { pooling = \"mean\" }\n"),
              ElementsAre("engine=a, model.pooling=last", "engine=b, model.pooling=last",
                          "engine=b, model.pooling=mean"));
  EXPECT_THAT(labels(axes + "[[exclude]]\n\"model.pooling\" = \"mean\"\n[[exclude]]\nengine = \"b\"\n"),
              ElementsAre("engine=a, model.pooling=last"));
}

TEST_F(MatrixExpander, ExcludesBySettingsOfTheRecipe) {
  folder_.write("a.toml", "length = 1\n");
  folder_.write("b.toml", "length = 2\n");
  const std::string axes = "[axes]\ndata.recipe = [\"a\", \"b\"]\n";
  EXPECT_THAT(labels(axes + "[[exclude]]\nrecipe.length = 2\n"), ElementsAre("data.recipe=a"));
  EXPECT_THAT(labels(axes + "[[exclude]]\ndata.recipe = \"a\"\n"), ElementsAre("data.recipe=b"));
}

TEST_F(MatrixExpander, AddsIncludesToTheCommonSettings) {
  const std::vector<MatrixCell> all = cells(
      "device = \"cpu\"\n[axes]\nengine = [\"a\"]\n[[include]]\nengine = \"b\"\n"
      "training.epochs = 9\n[training]\nepochs = 1\nbatch = 2\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].settings,
            Json::parse(R"({"engine": "b", "device": "cpu", "training": {"epochs": 9, "batch": 2}})"));
  EXPECT_EQ(label(all[1]), "engine=b, training.epochs=9");
  EXPECT_EQ(all[1].origins->at("training.epochs"), "x.toml:10");
  EXPECT_EQ(all[1].origins->at(""), "x.toml:8");
}

TEST_F(MatrixExpander, ShowsAnAxisThatAnIncludeLeavesUnset) {
  EXPECT_THAT(labels("[axes]\nengine = [\"a\"]\n[[include]]\ndevice = \"cpu\"\n"),
              ElementsAre("engine=a", "engine=unset, device=cpu"));
}

TEST_F(MatrixExpander, NamesIncludesByWhatTheyChange) {
  const std::string file =
      "[training]\nepochs = 1\n[[include]]\ntraining.epochs = 2\n[[include]]\nmodel.size = 3\n";
  EXPECT_THAT(labels(file), ElementsAre("", "training.epochs=2", "model.size=3"));
  EXPECT_THAT(labels(file, {"training.epochs=7"}), ElementsAre("", "model.size=3"));
}

TEST_F(MatrixExpander, LetsOverridesWin) {
  folder_.write("a.toml", "length = 1\n");
  const std::vector<MatrixCell> all = cells(
      "[data]\nrecipe = \"a\"\n[axes]\nengine = [\"a\", \"b\"]\n[[exclude]]\nengine = "
      "\"b\"\n[[include]]\nengine = \"d\"\n"
      "training.epochs = 3\n[training]\nepochs = 1\n",
      {"engine=c", "training.epochs=2", "recipe.length=9"});
  ASSERT_EQ(all.size(), 1U) << "the include is equal to the axis' cell";
  EXPECT_EQ(all[0].settings, Json::parse(R"({"engine": "c", "data": {}, "training": {"epochs": 2},
                                             "recipe": {"name": "a", "length": 9}})"));
  EXPECT_EQ(all[0].origins->at("recipe.length"), "--set recipe.length");
}

TEST_F(MatrixExpander, RefusesAnExcludeThatMatchesNothing) {
  EXPECT_THAT(
      refusal("[axes]\nengine = [\"a\", \"b\"]\n[[exclude]]\nengine = \"a\"\n[[exclude]]\nengine = \"c\"\n"),
      StartsWith("x.toml:9: exclude: no cell of the matrix has engine = \"c\"; correct it"));
}

TEST_F(MatrixExpander, TakesAnExcludeThatLiesWithinAnother) {
  EXPECT_THAT(labels("[axes]\nengine = [\"a\", \"b\"]\ndevice = [\"x\", \"y\"]\n[[exclude]]\nengine = \"a\"\n"
                     "[[exclude]]\nengine = \"a\"\ndevice = \"y\"\n"),
              ElementsAre("engine=b, device=x", "engine=b, device=y"));
}

TEST_F(MatrixExpander, RefusesAnEmptyMatrix) {
  EXPECT_THAT(refusal("[axes]\nengine = [\"a\"]\n[[exclude]]\nengine = \"a\"\n"),
              StartsWith("x.toml: exclude: it leaves no cell of the matrix"));
}

TEST_F(MatrixExpander, RefusesAnElementThatIsNotThere) {
  EXPECT_THAT(
      refusal("[model]\nlayers = [{ cell = \"rnn\" }]\n[axes]\n\"model.layers.3.cell\" = [\"rnn\"]\n"),
      StartsWith("x.toml:8: model.layers.3.cell: model.layers has no element 3; it has 1"));
}

TEST_F(MatrixExpander, RefusesUnknownRecipesAtTheirPlace) {
  folder_.write("plain.toml", "length = 1\n");
  EXPECT_THAT(refusal("[data]\nrecipe = \"plane\"\n"),
              AllOf(StartsWith("x.toml:6: data.recipe: no recipe 'plane'"), HasSubstr("'plain'")));
  EXPECT_THAT(refusal("[axes]\n\"data.recipe\" = [\"plain\", \"plane\"]\n"),
              StartsWith("x.toml:6: data.recipe: no recipe"));
  EXPECT_THAT(refusal("[data]\nset = \"toy\"\n", {"data.recipe=plane"}),
              StartsWith("--set data.recipe: data.recipe: no"));
  EXPECT_THAT(refusal("", {"data={ recipe = \"plane\" }"}), StartsWith("--set data: data.recipe: no recipe"));
  EXPECT_THAT(refusal("[data]\nrecipe = 3\n"),
              StartsWith("x.toml:6: data.recipe: expected a recipe's name in quotes"));
}

TEST_F(MatrixExpander, LeavesTablesOfTheWrongTypeToTheirReaders) {
  EXPECT_EQ(cells("data = \"imdb\"\nrecipe = \"plain\"\n")[0].settings,
            Json::parse(R"({"data": "imdb", "recipe": "plain"})"));
}

TEST_F(MatrixExpander, MovesTheListsOfAZipTogether) {
  const std::string zips =
      "[axes]\nengine = [\"a\", \"b\"]\n[[zip]]\nrecipe.length = [1, 2]\ntraining.batch = [8, 4]\n"
      "[[zip]]\nmodel.dropout = [0.1, 0.2]\n";
  EXPECT_THAT(labels(zips, {"engine=a"}),
              ElementsAre("engine=a, recipe.length=1, training.batch=8, model.dropout=0.1",
                          "engine=a, recipe.length=1, training.batch=8, model.dropout=0.2",
                          "engine=a, recipe.length=2, training.batch=4, model.dropout=0.1",
                          "engine=a, recipe.length=2, training.batch=4, model.dropout=0.2"));
  const std::vector<MatrixCell> all = cells(zips);
  ASSERT_EQ(all.size(), 8U);
  EXPECT_EQ(all[6].settings, Json::parse(R"({"engine": "b", "recipe": {"length": 2}, "training": {"batch": 4},
                                             "model": {"dropout": 0.1}})"));
  EXPECT_EQ(all[6].origins->at("training.batch"), "x.toml:9");
  EXPECT_THAT(labels(zips, {"recipe.length=3", "training.batch=16"}).size(), 4U);
}

TEST_F(MatrixExpander, ReadsTheRecipeAgainWhereAZipChangesIt) {
  folder_.write("a.toml", "length = 1\nvocabulary = 5\n");
  folder_.write("b.toml", "length = 2\nvocabulary = 6\n");
  const std::vector<MatrixCell> all = cells(
      "[[zip]]\nrecipe.length = [7, 8]\ndata.recipe = [\"a\", \"b\"]\n[axes]\nengine = [\"x\", \"y\"]\n");
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[1].settings.at("recipe"), Json::parse(R"({"name": "b", "length": 8, "vocabulary": 6})"));
  EXPECT_EQ(all[2].settings.at("recipe"), Json::parse(R"({"name": "a", "length": 7, "vocabulary": 5})"));
}

TEST_F(MatrixExpander, RefusesMillionsOfCells) {
  std::string axes = "[axes]\n";
  for (int axis = 0; axis < 30; ++axis)
    axes += "model.x" + std::to_string(axis) + " = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n";
  EXPECT_THAT(refusal(axes), StartsWith("x.toml: axes: they make more than 1000000 cells"));
}

}  // namespace
}  // namespace rnnbench
