#include "harness/config/experiment_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "tests/harness/config/small_experiment_file.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

/// The refusal of a head with one line replaced.
std::string refusal_of_head(const std::string& line, const std::string& replacement) {
  std::string text = kHead;
  text.replace(text.find(line), line.size(), replacement);
  return message_of<ConfigError>([&] { parse_experiment(text, "x.toml", {}, "recipes"); });
}

std::vector<std::string> paths_of(const std::vector<MatrixAxis>& axes) {
  std::vector<std::string> paths;
  for (const MatrixAxis& axis : axes) paths.push_back(axis.path);
  return paths;
}

TEST(ExperimentFile, ReadsAllParts) {
  const ExperimentFile experiment = parse(
      "engine = \"eigen\"\n[axes]\ndevice = [\"cpu\", \"cuda\"]\n[[exclude]]\ndevice = \"cuda\"\n"
      "[[include]]\ndata.limit = { train = 5 }\n[model]\npooling = \"mean\"\n");

  EXPECT_EQ(experiment.name, "n");
  EXPECT_EQ(experiment.question, "?");
  EXPECT_THAT(experiment.text, StartsWith(kHead));
  EXPECT_THAT(experiment.seeds, ElementsAre(1));
  EXPECT_EQ(experiment.settings.values, Json::parse(R"({"engine": "eigen", "model": {"pooling": "mean"}})"));
  EXPECT_EQ(experiment.settings.origins.at("model.pooling"), "dir/x.toml:13");
  ASSERT_EQ(experiment.axes.size(), 1U);
  EXPECT_THAT(experiment.axes[0].values, ElementsAre("cpu", "cuda"));
  EXPECT_EQ(experiment.axes[0].origin, "dir/x.toml:7");
  ASSERT_EQ(experiment.excludes.size(), 1U);
  EXPECT_EQ(experiment.excludes[0].origin, "dir/x.toml:8");
  EXPECT_EQ(experiment.excludes[0].settings[0].path, "device");
  ASSERT_EQ(experiment.includes.size(), 1U);
  EXPECT_EQ(experiment.includes[0].settings[0].path, "data.limit.train");
  EXPECT_THAT(experiment.recipe_folders, ElementsAre("dir/recipes", "recipes"));
}

TEST(ExperimentFile, RefusesUnknownKeysWithTheNearest) {
  EXPECT_THAT(refusal("[modle]\n"),
              AllOf(StartsWith("dir/x.toml:5: modle: unknown key"), HasSubstr("did you mean 'model'?")));
  EXPECT_THAT(refusal_of_head("seeds", "sedes"), AllOf(StartsWith("x.toml:4: sedes"), HasSubstr("'seeds'")));
  EXPECT_THAT(refusal("[[excludes]]\nengine = \"e\"\n"), HasSubstr("did you mean 'exclude'?"));
}

TEST(ExperimentFile, RefusesAnotherSchema) {
  EXPECT_THAT(refusal_of_head("schema = 1", "schema = 2"),
              StartsWith("x.toml:1: schema: this program reads schema = 1"));
  EXPECT_THAT(refusal_of_head("schema = 1", "schema = \"1\""), HasSubstr("schema = 1"));
  EXPECT_THAT(refusal_of_head("schema = 1", ""), StartsWith("x.toml: schema: missing"));
}

TEST(ExperimentFile, RefusesABadName) {
  for (const char* name : {"\"\"", "\"A\"", "\"a b\"", "\"../a\"", "\"ä\""}) {
    EXPECT_THAT(refusal_of_head("\"n\"", name),
                AllOf(StartsWith("x.toml:2: name: "), HasSubstr("lower-case")))
        << name;
  }
  EXPECT_THAT(refusal_of_head("\"n\"", "3"), StartsWith("x.toml:2: name: expected a text"));
}

// Catches: an experiment that vanishes among the comparisons recorded under its name.
TEST(ExperimentFile, RefusesTheNamesOfWhatOtherCommandsRecord) {
  EXPECT_THAT(
      refusal_of_head("\"n\"", "\"bench\""),
      StartsWith("x.toml:2: name: 'bench' is the name of what `rnnbench bench` records; take another"));
  EXPECT_THAT(refusal("", {"name=benchmarks"}),
              StartsWith("--set name: name: 'benchmarks' is the name of what `rnnbench import` records"));
  EXPECT_EQ(parse("", {"name=bench-2"}).name, "bench-2");
}

TEST(ExperimentFile, RefusesBadSeeds) {
  for (const char* seeds : {"[]", "[-1]", "[1.0]", "[\"1\"]", "3", "[9007199254740993]", "[true]", "[[1]]"}) {
    EXPECT_THAT(refusal_of_head("[1]", seeds),
                AllOf(StartsWith("x.toml:4: seeds: "), HasSubstr("as in [1, 2, 3]")))
        << seeds;
  }
  EXPECT_THAT(refusal_of_head("[1]", "[1, 2, 1]"), HasSubstr("1 stands there twice"));
  EXPECT_EQ(parse("", {"seeds=[0, 9007199254740992]"}).seeds.size(), 2U);
}

TEST(ExperimentFile, AppliesOverrides) {
  const ExperimentFile experiment = parse("[axes]\nengine = [\"e\", \"f\"]\ndevice = [\"cpu\", \"cuda\"]\n",
                                          {"device=cuda", "training.epochs=2", "name=other"});
  EXPECT_EQ(experiment.name, "other");
  EXPECT_THAT(paths_of(experiment.axes), ElementsAre("engine", "device"));
  EXPECT_THAT(experiment.axes[1].values, ElementsAre("cuda"));
  EXPECT_EQ(experiment.axes[1].origin, "--set device");
  ASSERT_EQ(experiment.overrides.size(), 2U);
  EXPECT_EQ(experiment.overrides[1].path, "training.epochs");
}

TEST(ExperimentFile, RefusesOverridesOfOtherThings) {
  EXPECT_THAT(refusal("", {"axes.engine=[1]"}),
              StartsWith("--set axes.engine: axes.engine: 'axes' is no setting"));
  EXPECT_THAT(refusal("", {"modle.pooling=last"}), HasSubstr("did you mean 'model'?"));
  EXPECT_THAT(refusal("", {"name=Not Plain"}), StartsWith("--set name: name: use lower-case"));
  EXPECT_THAT(refusal("[axes]\n\"model.layers\" = [1]\n", {"model.layers.0.units=8"}),
              StartsWith("--set model.layers.0.units: lies within the axis model.layers at dir/x.toml:6"));
}

TEST(ExperimentFile, NamesAFileThatIsNotThere) {
  const TemporaryFolder folder;
  for (const auto& path :
       {folder.path() / "absent.toml", folder.path(), folder.path() / std::string(5000, 'x')}) {
    EXPECT_THAT(message_of<ConfigError>([&] { read_experiment(path, {}, ""); }),
                AllOf(StartsWith(path.string() + ": no such file"), HasSubstr("experiments/quick.toml")));
  }
}

TEST(ExperimentFile, ReadsAFile) {
  const TemporaryFolder folder;
  const auto path = folder.write("x.toml", kHead);
  const ExperimentFile experiment = read_experiment(path, {}, "r");
  EXPECT_EQ(experiment.text, kHead);
  EXPECT_THAT(experiment.recipe_folders, ElementsAre(folder.path() / "recipes", "r"));
}

}  // namespace
}  // namespace rnnbench
