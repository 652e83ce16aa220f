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

Json of_baseline() {
  Json of_net = settings();
  of_net["engine"] = "xgboost";
  return of_net;
}

// In a matrix with nets beside it their tables are there too.
TEST(TrialSpec, ABaselineHasItsOwnTableAndNoModelTrainingOrLength) {
  const Json stored = Json::parse(key_text(of_baseline()));
  EXPECT_FALSE(stored.contains("model") || stored.contains("training") || stored.contains("evaluation"));
  EXPECT_FALSE(stored.at("recipe").contains("length"));
  EXPECT_EQ(stored.at("baseline").at("reviews"), "whole");
  EXPECT_EQ(stored.at("baseline").at("xgboost").at("rounds"), 500);
  const TrialSpec again = trial_from_canonical(stored, kEngines);
  EXPECT_EQ(canonical_settings(again, "f"), stored);
  const TrialRecord record = trial_record(again, "k", "{}");
  EXPECT_EQ(record.cell, "");
  EXPECT_EQ(record.length, 0);

  Json alone = of_baseline();
  alone.erase("model");
  alone.erase("training");
  alone["recipe"]["length"] = 7;
  EXPECT_EQ(key_text(alone), stored.dump());
  alone["baseline"] = {{"xgboost", {{"rounds", 9}}}};
  EXPECT_NE(key_text(alone), stored.dump());
}

TEST(TrialSpec, ANetLeavesTheTableOfBaselinesToOtherCells) {
  Json mixed = settings();
  mixed["baseline"] = {{"xgboost", {{"rounds", 9}}}};
  EXPECT_EQ(key_text(mixed), key_text(settings()));
}

TEST(TrialSpec, EverySettingThatDecidesFiguresIsInTheKey) {
  const std::string plain = key_text(settings());
  for (const char* change :
       {R"({"engine": "libtorch"})", R"({"device": "cuda"})", R"({"training": {"batch": 9}})",
        R"({"model": {"pooling": "max"}})", R"({"recipe": {"length": 21}})",
        R"({"data": {"limit": {"train": 5}}})", R"({"evaluation": {"test": "every_epoch"}})",
        R"({"training": {"schedule": {"kind": "step"}}})",
        R"({"training": {"early_stopping": {"patience": 2, "metric": "train_loss"}}})"}) {
    Json changed = settings();
    changed.merge_patch(Json::parse(change));
    EXPECT_NE(key_text(changed), plain) << change;
  }
  EXPECT_NE(canonical_settings(read_trial_spec(settings(), {}, kEngines), "other").dump(), plain);
}

// Written down from the first release: a setting that came later must not give old trials another key, or
// nothing in a results database would count as done.
TEST(TrialSpec, KeysOfTheFirstReleaseStay) {
  EXPECT_EQ(
      key_text(settings()),
      R"({"data":{"fingerprint":"f","limit":{"seed":0,"test":0,"train":0,"validation":0},"set":"toy",)"
      R"("split":{"kind":"official"},"validation":0.0},"device":"cpu","engine":"eigen",)"
      R"("evaluation":{"batch":256,"test":"last_epoch"},)"
      R"("model":{"dense":[],"dropout":0.0,"embedding":{"mask_padding":false,"size":4,"spatial_dropout":0.0,)"
      R"("trainable":true,"vectors":"","zero_padding":false},"head":"softmax","initializers":"pytorch",)"
      R"("layers":[{"activation":"tanh","biases":2,"bidirectional":false,"cell":"rnn","input_dropout":0.0,)"
      R"("output_dropout":0.0,"recurrent_dropout":0.0,"units":4}],"pooling":"last"},)"
      R"("recipe":{"ids":{"first_word":2,"padding":0,"unknown":1},"length":20,"name":"r","padding":"back",)"
      R"("steps":[{"on":"whitespace","step":"split"}],"truncation":"back","vocabulary":100,)"
      R"("vocabulary_from":"train"},"training":{"batch":8,"clip_norm":0.0,"epochs":2,)"
      R"("optimizer":{"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"l2":0.0,"learning_rate":0.001,"name":"adam"},)"
      R"("threads":0}})");
}

TrialSpec with_vectors(const std::string& name, const std::string& sha256) {
  Json given = settings();
  given["model"]["embedding"]["vectors"] = name;
  TrialSpec spec = read_trial_spec(given, {}, kEngines);
  spec.model.embedding.vectors_sha256 = sha256;
  return spec;
}

TEST(TrialSpec, KeyDependsOnTheContentOfWordVectorsNotOnTheirName) {
  const auto text = [](const TrialSpec& spec) { return canonical_settings(spec, "f").dump(); };
  EXPECT_EQ(text(with_vectors("news", "ab")), text(with_vectors("folder/other.bin", "ab")));
  EXPECT_NE(text(with_vectors("news", "ab")), text(with_vectors("news", "cd")));
  EXPECT_NE(text(with_vectors("news", "")), text(with_vectors("news", "cd")));
  EXPECT_NE(text(with_vectors("news", "")), key_text(settings()));
}

TEST(TrialSpec, WithWordVectorsComesBackFromItsCanonicalSettings) {
  const Json canonical = canonical_settings(with_vectors("news", "ab"), "f");
  EXPECT_EQ(canonical_settings(trial_from_canonical(canonical, kEngines), "f"), canonical);
}

TEST(TrialSpec, RefusesToWatchWhatNoReviewIsLeftFor) {
  Json watching = settings();
  watching["training"]["schedule"] = {{"kind", "plateau"}};
  EXPECT_THAT(message_of(watching), HasSubstr("x.toml:7: training.schedule.metric: validation_loss needs"));
  EXPECT_THAT(message_of(watching), HasSubstr("data.validation"));
  watching["training"]["schedule"]["metric"] = "train_loss";
  EXPECT_EQ(message_of(watching), "no error");
  watching["training"]["schedule"]["metric"] = "validation_accuracy";
  EXPECT_NE(message_of(watching), "no error");
  watching["data"]["validation"] = 0.2;
  EXPECT_EQ(message_of(watching), "no error");
  watching["data"] = {{"set", "toy"},
                      {"split", {{"kind", "shuffled"}, {"train", 0.6}, {"validation", 0.2}, {"test", 0.2}}}};
  EXPECT_EQ(message_of(watching), "no error");
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
