// Catches: matrices that the program reads in another way than its parts, time that is spent against --for.
#include <gmock/gmock.h>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kOnTop = R"(schema = 1
extends = "small.toml"
name = "on-top"
question = "Does it still work?"
tags = ["draft"]
seeds = "three"
[seed_sets]
three = "1..3"
[recipe]
length = 10
[[zip]]
"model.layers" = [[{ cell = "rnn", units = 8 }], [{ cell = "rnn", units = 4, bidirectional = true }]]
"training.batch" = [16, 8]
[[when]]
if = { cell = "bi-rnn" }
set = { training.optimizer.learning_rate = 5e-3 }
)";

class Plan : public ProgramTest {
 protected:
  Plan() {
    std::string base = small_experiment();
    base.erase(base.find("layers ="), base.find("[training]") - base.find("layers ="));
    base.erase(base.find("batch = 16\n"), 11);
    program_.write("small.toml", base);
    config_ = program_.write("on-top.toml", kOnTop);
  }
  std::filesystem::path config_;
};

TEST_F(Plan, ReadsBaseZipWhenAndSeedSets) {
  ProgramResult planned = program_.run({"plan", config_});
  EXPECT_EQ(planned.exit_code, 0) << planned.err;
  EXPECT_THAT(planned.out, HasSubstr("on-top: 0 of 6 runs are finished, 6 to run, 0 skipped\n"));
  const ProgramResult ran =
      program_.run({"run", config_, "--seeds", "1", "--tag", "night", "--tag", "draft", "--note", "first"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ask("SELECT group_concat(tag, ' ') FROM (SELECT tag FROM experiment_tags ORDER BY tag)"),
            "draft night");
  EXPECT_EQ(ask("SELECT note FROM experiments"), "first");
  EXPECT_EQ(ask("SELECT group_concat(rate, ' ') FROM (SELECT settings ->> "
                "'$.training.optimizer.learning_rate' AS rate "
                "FROM trials ORDER BY cell)"),
            "0.005 0.01");
  planned = program_.run({"plan", config_});
  EXPECT_THAT(planned.out, AllOf(HasSubstr("2 of 6 runs are finished, 4 to run"), HasSubstr("1 run of it"),
                                 HasSubstr("for 4 of them, by earlier runs")));
  planned = program_.run({"plan", config_, "--set", "training.epochs=6", "--set", "recipe.length=12"});
  EXPECT_THAT(planned.out, AllOf(HasSubstr("0 of 6"), HasSubstr("1 run of like trials\n")));
}

TEST_F(Plan, KeepsToTheTimeThatIsGiven) {
  ASSERT_EQ(program_.run({"run", config_, "--seeds", "1"}).exit_code, 0);
  for (const char* command : {"plan", "run"}) {
    const ProgramResult refused = program_.run({command, config_, "--for", "0.0001s"});
    EXPECT_EQ(refused.exit_code, 2) << command;
    EXPECT_THAT(refused.err, AllOf(HasSubstr("--for 0.0001s: too short for any run that is left"),
                                   HasSubstr("1 run of it"), HasSubstr("give at least --for ")));
  }
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "2") << "nothing may run";
  EXPECT_THAT(program_.run({"plan", config_, "--for", "1h"}).out,
              HasSubstr("--for 1h lets 4 of them begin and leaves 0"));
  EXPECT_THAT(program_.run({"run", config_, "--for", "1h"}).out,
              HasSubstr("4 finished, 0 failed, 0 skipped, 2 were"));
  EXPECT_EQ(ask("SELECT count(*) FROM runs WHERE seed > 1 AND estimated_seconds > 0"), "4");
  EXPECT_EQ(program_.run({"run", config_, "--for", "0.0001s"}).exit_code, 0)
      << "nothing is left that could not fit";
  EXPECT_EQ(program_.run({"run", config_, "--for", "soon"}).exit_code, 2);
}

TEST_F(Plan, RefusesAxesThatAreFixedAndBasesInACircle) {
  const auto fixed = program_.write("fixed.toml", small_experiment("[recipe]\nlength = 10\n"));
  ProgramResult refused = program_.run({"run", fixed});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err,
              AllOf(HasSubstr("fixed.toml:12: recipe.length: is an axis here"), HasSubstr("fixed.toml:21")));
  std::string circle = small_experiment();
  circle.insert(circle.find("name"), "extends = \"circle.toml\"\n");
  refused = program_.run({"run", program_.write("circle.toml", circle)});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("circle.toml:2: extends: the files go in a circle"));
  EXPECT_FALSE(std::filesystem::exists(database()));
}

TEST_F(Plan, ShowsHostileTextInert) {
  const std::string escape = "\\u001b]0;owned\\u0007\\u202e<script>' OR 1=1 --";
  const auto config =
      program_.write("hostile.toml", small_experiment() + "[[include]]\nengine = \"" + escape + "\"\n");
  ProgramResult result = program_.run({"plan", config});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("\\x1b]0;owned"), Not(HasSubstr("\x1b"))));
  std::string axis = small_experiment();
  axis.insert(axis.find("\"recipe.length\""), "\"model.embedding.vectors\" = [\"" + escape + "\"]\n");
  result = program_.run({"plan", program_.write("label.toml", axis)});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("\\x1b]0;owned"), Not(HasSubstr("\x1b"))));
  const auto tags = program_.write("tags.toml", "tags = [\"a\\u001b\"]\n" + small_experiment());
  EXPECT_THAT(program_.run({"plan", tags}).err,
              AllOf(HasSubstr("tags.toml:1: tags: a tag is one word"), Not(HasSubstr("\x1b"))));
  const auto kept = program_.write(
      "kept.toml", "tags = [\"<b>\\u202e';DROP\"]\nnote = \"\\u001b[31m\"\n" + small_experiment());
  ASSERT_EQ(program_.run({"run", kept, "--seeds", "1"}).exit_code, 0);
  EXPECT_THAT(program_.run({"query", "SELECT tag, note FROM experiment_tags, experiments"}).out,
              AllOf(HasSubstr("<b>\\u202e';DROP"), HasSubstr("\\x1b[31m"), Not(HasSubstr("\x1b"))));
}

}  // namespace
}  // namespace rnnbench
