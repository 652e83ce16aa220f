#include "results/query/trial_labels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {
using testing::ElementsAre;

TrialData trial(const std::string& engine, const std::string& settings, int length = 100) {
  TrialData made;
  made.settings = settings;
  made.engine = engine;
  made.cell = "rnn";
  made.device = "cpu";
  made.data_set = "toy";
  made.recipe = "plain";
  made.vocabulary = 20000;
  made.length = length;
  return made;
}

std::vector<std::string> texts(const std::vector<TrialData>& trials) {
  std::vector<const TrialData*> pointers;
  for (const TrialData& each : trials) pointers.push_back(&each);
  const TrialLabels labels = label_trials(pointers);
  std::vector<std::string> all;
  for (std::size_t t = 0; t < trials.size(); ++t) all.push_back(trial_label(trials[t], labels.differing[t]));
  return all;
}

TEST(TrialLabels, TellWhatDiffersAndWhatIsCommon) {
  const TrialData a = trial("eigen", "{}");
  const TrialData b = trial("libtorch", "{}", 200);
  const TrialLabels labels = label_trials({&a, &b});
  EXPECT_THAT(labels.axes, ElementsAre("engine", "length"));
  EXPECT_EQ(label_text(labels.differing[1]), "libtorch, length 200");
  EXPECT_EQ(label_text(labels.common), "rnn, cpu, toy, recipe plain, vocabulary 20,000");
}

TEST(TrialLabels, SettingsWithoutAColumnAreNamedShortly) {
  EXPECT_THAT(texts({trial("eigen", R"({"training":{"batch":32,"optimizer":{"learning_rate":0.01}}})"),
                     trial("eigen", R"({"training":{"batch":32,"optimizer":{"learning_rate":0.001}}})")}),
              ElementsAre("learning_rate 0.01", "learning_rate 0.001"));
}

TEST(TrialLabels, AmbiguousNamesKeepTheirPath) {
  EXPECT_THAT(texts({trial("eigen", R"({"model":{"layers":[{"units":1},{"units":2}]}})"),
                     trial("eigen", R"({"model":{"layers":[{"units":3},{"units":4}]}})")}),
              ElementsAre("model.layers.0.units 1, model.layers.1.units 2",
                          "model.layers.0.units 3, model.layers.1.units 4"));
}

TEST(TrialLabels, SettingsThatColumnsSayAreNotRepeated) {
  EXPECT_THAT(texts({trial("eigen", R"({"engine":"eigen","recipe":{"length":100}})"),
                     trial("libtorch", R"({"engine":"libtorch","recipe":{"length":200}})", 200)}),
              ElementsAre("eigen, length 100", "libtorch, length 200"));
}

TEST(TrialLabels, DigestsAreCutAndEmptyTextsNamed) {
  const std::string digest(64, 'a');
  EXPECT_THAT(texts({trial("eigen", R"({"vectors":"sha256:)" + digest + R"("})"),
                     trial("eigen", R"({"vectors":""})"), trial("eigen", R"({"vectors":"news"})")}),
              ElementsAre("vectors sha256:aaaaaaaa", "vectors none", "vectors news"));
}

TEST(TrialLabels, WhatOneTrialLacksIsNone) {
  EXPECT_THAT(texts({trial("eigen", R"({"clip":1})"), trial("eigen", "{}")}),
              ElementsAre("clip 1", "clip none"));
}

TEST(TrialLabels, WhatOneTrialLacksIsLeftToTheOthersWhereItHasAnotherName) {
  EXPECT_THAT(texts({trial("eigen", R"({"clip":1})"), trial("fused", "{}")}),
              ElementsAre("eigen, clip 1", "fused"));
}

// Catches: labels that are cut before what tells them from others.
TEST(TrialLabels, BeginWithWhatTellsTrialsFromAlikeOnes) {
  EXPECT_THAT(
      texts({trial("eigen", R"({"batch":8,"clip":1,"rate":0.1})"),
             trial("fused", R"({"batch":9,"clip":1,"rate":0.1})"),
             trial("fused", R"({"batch":9,"clip":1,"rate":0.2})")}),
      ElementsAre("eigen, batch 8, rate 0.1", "fused, rate 0.1, batch 9", "fused, rate 0.2, batch 9"));
}

TEST(TrialLabels, SettingsOfATableThatANetHasAreNoDifferenceFromABaseline) {
  EXPECT_THAT(texts({trial("fused", R"({"model":{"dropout":0.5},"data":{"validation":0}})"),
                     trial("xgboost", R"({"baseline":{"depth":6},"data":{"validation":0.2}})")}),
              ElementsAre("fused, validation 0", "xgboost, validation 0.2"));
}

TEST(TrialLabels, ABaselineHasNeitherCellNorLength) {
  TrialData baseline = trial("xgboost", "{}", 0);
  baseline.cell = "";
  EXPECT_THAT(texts({trial("fused", "{}", 500), baseline}), ElementsAre("fused rnn, length 500", "xgboost"));
  EXPECT_EQ(trial_label(baseline, {}), "xgboost");
}

TEST(TrialLabels, AnActivationThatOnlyOneCellHasIsNoDifference) {
  const char* rnn = R"({"model":{"layers":[{"cell":"rnn","activation":"tanh"}]}})";
  const char* relu = R"({"model":{"layers":[{"cell":"rnn","activation":"relu"}]}})";
  const char* lstm = R"({"model":{"layers":[{"cell":"lstm"}]}})";
  TrialData lstm_trial = trial("libtorch", lstm);
  lstm_trial.cell = "lstm";
  EXPECT_THAT(texts({trial("libtorch", rnn), lstm_trial}), ElementsAre("rnn", "lstm"));
  EXPECT_THAT(texts({trial("libtorch", rnn), trial("libtorch", relu)}),
              ElementsAre("activation tanh", "activation relu"));
}

TEST(TrialLabels, TheCellSaysThatALayerIsBidirectional) {
  TrialData both = trial("libtorch", R"({"model":{"layers":[{"cell":"rnn","bidirectional":true}]}})");
  both.cell = "bi-rnn";
  EXPECT_THAT(
      texts({trial("libtorch", R"({"model":{"layers":[{"cell":"rnn","bidirectional":false}]}})"), both}),
      ElementsAre("rnn", "bi-rnn"));
}

TEST(TrialLabels, OneTrialIsItsEngineAndCell) {
  EXPECT_THAT(texts({trial("eigen", "not JSON")}), ElementsAre("eigen rnn"));
}

TEST(TrialLabels, NumbersAreGrouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(-1234567), "-1,234,567");
}

TEST(TrialLabels, ToyIsNeverTakenForImdb) {
  EXPECT_EQ(data_set_text("toy"), "toy (generated reviews, not IMDb)");
}

}  // namespace
}  // namespace rnnbench
