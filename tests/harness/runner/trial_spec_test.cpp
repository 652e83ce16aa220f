#include "harness/runner/trial_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kEngines = {"libtorch", "eigen"};

Json settings() {
  return Json::parse(R"({
    "engine": "eigen",
    "data": {"set": "toy"},
    "recipe": {"name": "r", "steps": [{"step": "split", "on": "whitespace"}], "vocabulary": 100, "length": 20},
    "model": {"embedding": {"size": 4}, "layers": [{"cell": "rnn", "units": 4}]},
    "training": {"batch": 8, "epochs": 2}
  })");
}

std::string key_text(const Json& settings) {
  return canonical_settings(read_trial_spec(settings, {}, kEngines), "f").dump();
}

std::string message_of(const Json& settings) {
  try {
    read_trial_spec(settings, Origins{{"", "x.toml"}, {"training", "x.toml:7"}}, kEngines);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no error";
}

TEST(TrialSpec, WritingADefaultDownLeavesTheKeyAsItWas) {
  Json spelled = settings();
  spelled["device"] = "cpu";
  spelled["evaluation"] = {{"test", "last_epoch"}};
  spelled["model"]["pooling"] = "last";
  EXPECT_EQ(key_text(spelled), key_text(settings()));
}

TEST(TrialSpec, EverySettingThatDecidesFiguresIsInTheKey) {
  const std::string plain = key_text(settings());
  for (const char* change :
       {R"({"engine": "libtorch"})", R"({"device": "cuda"})", R"({"training": {"batch": 9}})",
        R"({"model": {"pooling": "max"}})", R"({"recipe": {"length": 21}})",
        R"({"data": {"limit": {"train": 5}}})", R"({"evaluation": {"test": "every_epoch"}})"}) {
    Json changed = settings();
    changed.merge_patch(Json::parse(change));
    EXPECT_NE(key_text(changed), plain) << change;
  }
  EXPECT_NE(canonical_settings(read_trial_spec(settings(), {}, kEngines), "other").dump(), plain);
}

TEST(TrialSpec, ComesBackFromItsCanonicalSettings) {
  const TrialSpec spec = read_trial_spec(settings(), {}, kEngines);
  const Json canonical = canonical_settings(spec, "f");
  EXPECT_EQ(canonical_settings(trial_from_canonical(canonical, kEngines), "f"), canonical);
}

TEST(TrialSpec, NamesThePlaceOfAMistypedKeyAndTheNearestOne) {
  Json mistyped = settings();
  mistyped["training"]["epoch"] = 3;
  EXPECT_THAT(message_of(mistyped),
              HasSubstr("x.toml:7: training.epoch: unknown key; did you mean 'epochs'?"));
  Json unknown = settings();
  unknown["engine"] = "eigne";
  EXPECT_THAT(message_of(unknown), HasSubstr("did you mean 'eigen'?"));
  Json none = settings();
  none.erase("engine");
  EXPECT_THAT(message_of(none), HasSubstr("engine: missing"));
}

}  // namespace
}  // namespace rnnbench
