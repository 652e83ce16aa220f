#include "results/log/logged_trial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

TEST(LoggedTrial, IsNamedByItsSettings) {
  const TrialRecord trial = logged_trial({{"rate", 0.1}, {"batch", 32}});
  EXPECT_EQ(trial.settings, R"({"batch":32,"rate":0.1})");
  EXPECT_EQ(trial.key, sha256_hex(trial.settings));
  EXPECT_EQ(trial.key, logged_trial({{"batch", 32}, {"rate", 0.1}}).key);
  EXPECT_NE(trial.key, logged_trial({{"batch", 33}, {"rate", 0.1}}).key);
  EXPECT_EQ(trial.engine, "logged");
  EXPECT_EQ(trial.device, "cpu");
  EXPECT_EQ(trial.cell + trial.data_set + trial.recipe, "");
  EXPECT_EQ(trial.vocabulary + trial.length, 0);
}

TEST(LoggedTrial, ShowsInColumnsWhatIsNamedAsInAnExperimentFile) {
  const TrialRecord trial =
      logged_trial(Json::parse(R"({"engine": "mine", "device": "cuda", "data": {"set": "imdb"},
        "recipe": {"name": "words", "vocabulary": 5000, "length": 200},
        "model": {"layers": [{"cell": "lstm"}, {"cell": "rnn"}]}})"));
  EXPECT_EQ(trial.engine, "mine");
  EXPECT_EQ(trial.device, "cuda");
  EXPECT_EQ(trial.data_set, "imdb");
  EXPECT_EQ(trial.recipe, "words");
  EXPECT_EQ(trial.vocabulary, 5000);
  EXPECT_EQ(trial.length, 200);
  EXPECT_EQ(trial.cell, "lstm+rnn");
}

// Catches: settings of other programs that happen to have these names, and end the run.
TEST(LoggedTrial, TakesSettingsOfOtherKindsUnderTheSameNames) {
  const TrialRecord trial = logged_trial(Json::parse(
      R"({"engine": 5, "data": "mine", "recipe": {"vocabulary": -1, "length": 1e300}, "model": [1], "device": null})"));
  EXPECT_EQ(trial.engine, "logged");
  EXPECT_EQ(trial.data_set, "");
  EXPECT_EQ(trial.vocabulary + trial.length, 0);
  EXPECT_EQ(logged_trial(Json::parse(R"({"model": {"layers": [1, {"cell": "gru"}]}})")).cell, "?+gru");
}

TEST(LoggedTrial, RefusesWhatIsNoObjectOrNoText) {
  EXPECT_THAT(message_of<ConfigError>([] {
                logged_trial(Json::array({1, 2}));
              }),
              HasSubstr("settings of a logged run are array, not an object"));
  EXPECT_THAT(message_of<ConfigError>([] { logged_trial({{"name", "\xff"}}); }), HasSubstr("UTF-8"));
}

// Catches: trials that differ in such a number alone, and are one since it became null.
TEST(LoggedTrial, RefusesNumbersThatJsonHasNoFormForByTheirPath) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(),
                   kInf = std::numeric_limits<double>::infinity();
  EXPECT_THAT(message_of<ConfigError>([&] { logged_trial({{"rate", kNan}}); }), HasSubstr("setting rate of"));
  EXPECT_THAT(message_of<ConfigError>([] {
                logged_trial({{"clip", {{"norms", {1.0, -kInf}}}}});
              }),
              HasSubstr("setting clip.norms[1] of a logged run is -inf"));
  EXPECT_NO_THROW(logged_trial({{"rate", nullptr}}));
}

}  // namespace
}  // namespace rnnbench
