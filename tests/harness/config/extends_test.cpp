#include "harness/config/extends.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/config/experiment_file.hpp"
#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kHead = "schema = 1\nname = \"own\"\nquestion = \"?\"\n";

class Extends : public testing::Test {
 protected:
  ExperimentFile read(const std::string& name) const {
    return read_experiment(folder_.path() / name, {}, "recipes");
  }
  std::string refusal(const std::string& name) const {
    return message_of<ConfigError>([&] { read(name); });
  }
  std::string place(const std::string& place) const { return (folder_.path() / place).string(); }

  TemporaryFolder folder_;
};

constexpr const char* kBase = R"(schema = 1
name = "base"
question = "base?"
seeds = [1, 2]
[data]
set = "toy"
limit = { train = 5, test = 6 }
[axes]
engine = ["e", "f"]
recipe.length = [10, 20]
[[exclude]]
engine = "f"
[model]
layers = [{ cell = "rnn" }, { cell = "rnn" }]
)";

TEST_F(Extends, PutsTheNearerFileOnTop) {
  folder_.write("base.toml", kBase);
  folder_.write("x.toml", std::string(kHead) +
                              "extends = \"base.toml\"\n[data.limit]\ntrain = 7\n[axes]\n"
                              "device = [\"cpu\"]\n\"recipe.length\" = [30]\n"
                              "[[exclude]]\ndevice = \"z\"\n[model]\nlayers = [{ cell = \"gru\" }]\n");
  const ExperimentFile file = read("x.toml");
  EXPECT_EQ(file.name, "own");
  EXPECT_EQ(file.question, "?");
  EXPECT_THAT(file.seeds, ElementsAre(1, 2));
  EXPECT_EQ(file.settings.values, Json::parse(R"({"data": {"set": "toy", "limit": {"train": 7, "test": 6}},
                                                  "model": {"layers": [{"cell": "gru"}]}})"));
  ASSERT_EQ(file.axes.size(), 3U);
  EXPECT_EQ(file.axes[1].path, "recipe.length");
  EXPECT_THAT(file.axes[1].values, ElementsAre(30));
  EXPECT_EQ(file.axes[1].origin, place("x.toml:9"));
  EXPECT_EQ(file.axes[0].origin, place("base.toml:9"));
  EXPECT_EQ(file.axes[2].path, "device");
  ASSERT_EQ(file.excludes.size(), 1U);
  EXPECT_EQ(file.excludes[0].origin, place("x.toml:10"));
  EXPECT_EQ(file.settings.origins.at("data.limit.test"), place("base.toml:7"));
  EXPECT_EQ(file.settings.origins.at("data.limit.train"), place("x.toml:6"));
  EXPECT_EQ(file.settings.origins.at(""), place("x.toml"));
}

TEST_F(Extends, LetsTheNearerFileDecideBetweenAnAxisAndAFixedValue) {
  folder_.write("base.toml", std::string(kBase) + "[training]\nbatch = 4\n");
  folder_.write("x.toml", std::string(kHead) +
                              "extends = \"base.toml\"\n[recipe]\nlength = 5\n[axes]\n"
                              "\"training.batch\" = [8, 16]\n");
  const ExperimentFile file = read("x.toml");
  ASSERT_EQ(file.axes.size(), 2U);
  EXPECT_EQ(file.axes[0].path, "engine");
  EXPECT_EQ(file.axes[1].path, "training.batch");
  folder_.write("zip.toml", std::string(kHead) + "[[zip]]\n\"training.batch\" = [1, 2]\n");
  folder_.write("y.toml",
                std::string(kHead) + "extends = \"zip.toml\"\nseeds = [1]\n[training]\nbatch = 3\n");
  EXPECT_THAT(refusal("y.toml"),
              AllOf(StartsWith(place("y.toml:7") + ": training.batch: is part of the [[zip]] at " +
                               place("zip.toml:5")),
                    HasSubstr("give a [[zip]] without it")));
}

TEST_F(Extends, ReadsSeveralLevelsRelativeToEachFile) {
  folder_.write("a/common.toml", "schema = 1\nseeds = [3]\nengine = \"a\"\ndevice = \"a\"\n");
  folder_.write("b/middle.toml", "schema = 1\nextends = \"../a/common.toml\"\nengine = \"b\"\n");
  folder_.write("x.toml", std::string(kHead) + "extends = \"b/middle.toml\"\n");
  const ExperimentFile file = read("x.toml");
  EXPECT_EQ(file.settings.values, Json::parse(R"({"engine": "b", "device": "a"})"));
  EXPECT_THAT(file.recipe_folders, ElementsAre(folder_.path() / "recipes", folder_.path() / "b/recipes",
                                               folder_.path() / "a/recipes", "recipes"));
}

TEST_F(Extends, PutsLaterFilesOfAListOnTopOfEarlierOnes) {
  folder_.write("a.toml",
                "schema = 1\nseeds = [3]\nengine = \"a\"\ndevice = \"a\"\n[data]\nset = \"a\"\nx = 1\n");
  folder_.write("b.toml", "schema = 1\nengine = \"b\"\n[data]\nset = \"b\"\n");
  folder_.write("x.toml", std::string(kHead) + "extends = [\"a.toml\", \"b.toml\"]\ndevice = \"x\"\n");
  EXPECT_EQ(read("x.toml").settings.values,
            Json::parse(R"({"engine": "b", "device": "x", "data": {"set": "b", "x": 1}})"));
  folder_.write("y.toml", std::string(kHead) + "extends = [\"b.toml\", \"y.toml\"]\n");
  EXPECT_THAT(refusal("y.toml"), HasSubstr("in a circle"));
}

TEST_F(Extends, NamesTheChainOfACircle) {
  folder_.write("x.toml", std::string(kHead) + "extends = \"b/y.toml\"\n");
  folder_.write("b/y.toml", "schema = 1\nextends = \"../b/../x.toml\"\n");
  EXPECT_THAT(refusal("x.toml"),
              StartsWith(place("b/y.toml:2") + ": extends: the files go in a circle, " + place("x.toml") +
                         " -> " + place("b/y.toml") + " -> " + place("x.toml") + "; take one of them out"));
  folder_.write("self.toml", std::string(kHead) + "extends = \"self.toml\"\n");
  EXPECT_THAT(refusal("self.toml"), HasSubstr("in a circle"));
}

TEST_F(Extends, RefusesABadBaseAtItsPlace) {
  folder_.write("x.toml", std::string(kHead) + "extends = \"absent.toml\"\n");
  EXPECT_THAT(refusal("x.toml"),
              AllOf(StartsWith(place("x.toml:4") + ": extends: no such file " + place("absent.toml")),
                    HasSubstr("relative to the file")));
  for (const char* value : {"3", "\"\"", "[\"a\"]", "[]", "[\"\"]", "[3]", "\".\"", "\"x.toml\\u0000\""}) {
    folder_.write("x.toml", std::string(kHead) + "extends = " + value + "\n");
    EXPECT_THAT(refusal("x.toml"), StartsWith(place("x.toml:4") + ": extends: ")) << value;
  }
  folder_.write("base.toml", "schema = 1\nengin = \"e\"\n");
  folder_.write("x.toml", std::string(kHead) + "extends = \"base.toml\"\nseeds = [1]\n");
  EXPECT_THAT(refusal("x.toml"), StartsWith(place("base.toml:2") + ": engin: unknown key"));
  folder_.write("base.toml", "schema = 2\n");
  EXPECT_THAT(refusal("x.toml"), StartsWith(place("base.toml:1") + ": schema: "));
  folder_.write("base.toml", "schema = 1\n[axes]\nengine = [1]\nengine = [2]\n");
  EXPECT_THAT(refusal("x.toml"), StartsWith(place("base.toml:4")));
}

TEST_F(Extends, NeedsItsOwnNameAndQuestion) {
  folder_.write("base.toml", kBase);
  folder_.write("x.toml", "schema = 1\nextends = \"base.toml\"\nquestion = \"?\"\n");
  EXPECT_THAT(refusal("x.toml"), StartsWith(place("x.toml") + ": name: missing"));
}

TEST_F(Extends, RecordsAllTextsSoThatTheyCanBeReadWithoutTheFiles) {
  folder_.write("a/common.toml", kBase);
  folder_.write("b/middle.toml", "schema = 1\nextends = \"../a/common.toml\"\ndevice = \"b\"\n");
  folder_.write("x.toml", std::string(kHead) + "extends = \"b/middle.toml\"\n");
  const ExperimentFile file = read("x.toml");
  const ExperimentFile again = parse_experiment(file.text, "elsewhere/x.toml", {}, "recipes");
  EXPECT_EQ(again.text, file.text);
  EXPECT_EQ(again.settings.values, file.settings.values);
  EXPECT_EQ(again.seeds, file.seeds);
  ASSERT_EQ(again.axes.size(), 2U);
  EXPECT_EQ(again.axes[0].values, file.axes[0].values);
  EXPECT_EQ(again.axes[0].origin, "elsewhere/a/common.toml:9");
}

}  // namespace
}  // namespace rnnbench
