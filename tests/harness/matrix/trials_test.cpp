#include "harness/matrix/trials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

ExperimentFile experiment(const std::string& rest) {
  const std::string head = "schema = 1\nname = \"n\"\nquestion = \"?\"\nseeds = [1]\n";
  return parse_experiment(head + rest, "x.toml", {}, "recipes");
}

Json as_written(const MatrixCell& cell) { return cell.settings; }

TEST(Trials, HaveTheHashOfTheirCanonicalSettings) {
  const auto trials = make_trials(experiment("engine = \"eigen\"\ndevice = \"cpu\"\n"), as_written);

  ASSERT_EQ(trials.size(), 1U);
  EXPECT_EQ(trials[0].text, R"({"device":"cpu","engine":"eigen"})");
  // printf '{"device":"cpu","engine":"eigen"}' | sha256sum
  EXPECT_EQ(trials[0].key, "46cdc558c503432d438738f9d0ec9eb6448863f1529909b4774500a531138cca");
}

TEST(Trials, KeepTheOrderOfTheCells) {
  const auto trials =
      make_trials(experiment("[axes]\nengine = [\"b\", \"a\"]\ndevice = [\"y\", \"x\"]\n"), as_written);
  ASSERT_EQ(trials.size(), 4U);
  EXPECT_EQ(label(trials[1].cell), "engine=b, device=x");
  EXPECT_EQ(trials[1].text, R"({"device":"x","engine":"b"})");
}

TEST(Trials, HaveTheSameKeyHoweverTheFileIsWritten) {
  const auto one =
      make_trials(experiment("[axes]\nengine = [\"a\", \"b\"]\n[model]\npooling = \"last\"\n"), as_written);
  const auto other = make_trials(experiment("engine = \"b\"\nmodel.pooling = \"last\"\n"), as_written);
  EXPECT_EQ(one[1].key, other[0].key);
}

TEST(Trials, RefuseTwoCellsWithOneKeyAndNameTheirDifference) {
  const std::string axes = "[axes]\nengine = [\"a\", \"b\"]\ndevice = [\"cpu\", \"gpu\"]\n";
  const Resolver blind = [](const MatrixCell& cell) { return Json{{"engine", cell.settings.at("engine")}}; };
  EXPECT_THAT(
      message_of<ConfigError>([&] { make_trials(experiment(axes), blind); }),
      AllOf(StartsWith("x.toml: the cells engine=a, device=cpu and engine=a, device=gpu are the same trial"),
            HasSubstr("they differ only in device (cpu and gpu), which changes nothing there; exclude one")));
}

TEST(Trials, RefuseAnIncludeThatIsThereAlready) {
  EXPECT_THAT(message_of<ConfigError>([] {
                make_trials(experiment("[axes]\nengine = [\"a\"]\n[[include]]\nengine = \"a\"\n"),
                            as_written);
              }),
              StartsWith("x.toml:7: the cell engine=a is there twice; take an [[include]] out"));
}

TEST(Trials, PassOnWhatTheResolverRefuses) {
  const Resolver resolve = [](const MatrixCell& cell) {
    SettingsReader reader(cell.settings, "", *cell.origins);
    SettingsReader model = reader.table("model");
    model.text("pooling");
    model.finish();
    return cell.settings;
  };
  const ExperimentFile all =
      experiment("[model]\npooling = \"last\"\n[axes]\n\"model.poolin\" = [\"last\"]\n");
  EXPECT_THAT(message_of<ConfigError>([&] { make_trials(all, resolve); }),
              AllOf(StartsWith("x.toml:8: model.poolin: unknown key"), HasSubstr("'pooling'")));
}

}  // namespace
}  // namespace rnnbench
