#include "harness/model/baseline_spec.hpp"

#include <gmock/gmock.h>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

BaselineSpec read_baseline(const char* table, const std::string& engine = kBoostedTrees,
                           bool validates = true) {
  const Json json = Json::parse(table);
  const Origins origins = {{"", "x.toml"}};
  return read_baseline_spec(SettingsReader(json, "baseline", origins), engine, validates);
}

std::string refusal(const char* table, const std::string& engine = kBoostedTrees, bool validates = true) {
  return message_of<ConfigError>([&] { read_baseline(table, engine, validates); });
}

TEST(BaselineSpec, ReadsTheTableOfItsEngineAndLeavesTheOther) {
  const char* both = R"({"xgboost": {"rounds": 7, "depth": 3}, "tfidf-logistic": {"cost": 10, "ngrams": 1}})";
  EXPECT_EQ(read_baseline(both).trees.rounds, 7);
  EXPECT_EQ(read_baseline(both).trees.depth, 3);
  EXPECT_EQ(read_baseline(both, kTfidfLogistic).logistic.cost, 10);
  EXPECT_EQ(read_baseline(both, kTfidfLogistic).logistic.ngrams, 1);
}

TEST(BaselineSpec, ComesBackFromItsJson) {
  const char* trees =
      R"({"xgboost": {"rounds": 7, "subsample": 0.5, "patience": 3, "threads": 2, "bins": 64}})";
  const char* logistic = R"({"tfidf-logistic": {"sublinear": false, "max_features": 9, "rounds": 4}})";
  const Json first = to_json(read_baseline(trees), kBoostedTrees);
  EXPECT_EQ(to_json(read_baseline(first.dump().c_str()), kBoostedTrees), first);
  EXPECT_EQ(first.at("xgboost").at("bins"), 64);
  const Json second = to_json(read_baseline(logistic, kTfidfLogistic), kTfidfLogistic);
  EXPECT_EQ(to_json(read_baseline(second.dump().c_str(), kTfidfLogistic), kTfidfLogistic), second);
  EXPECT_EQ(second.at("reviews"), "whole");
  EXPECT_FALSE(second.contains("xgboost"));
}

TEST(BaselineSpec, WithoutValidationThereIsNoPatience) {
  EXPECT_EQ(read_baseline("{}", kBoostedTrees, true).trees.patience, 20);
  EXPECT_EQ(read_baseline("{}", kBoostedTrees, false).trees.patience, 0);
  EXPECT_THAT(refusal(R"({"xgboost": {"patience": 5}})", kBoostedTrees, false),
              HasSubstr("x.toml: baseline.xgboost.patience: early stopping needs reviews to validate on"));
}

TEST(BaselineSpec, RefusesWhatCantBe) {
  EXPECT_THAT(refusal(R"({"xgboost": {"depth": 0}})"), HasSubstr("baseline.xgboost.depth"));
  EXPECT_THAT(refusal(R"({"xgboost": {"rounds": -1}})"), HasSubstr("baseline.xgboost.rounds"));
  EXPECT_THAT(refusal(R"({"xgboost": {"subsample": 1.5}})"), HasSubstr("baseline.xgboost.subsample"));
  EXPECT_THAT(refusal(R"({"xgboost": {"learning_rat": 1}})"), HasSubstr("learning_rate"));
  EXPECT_THAT(refusal(R"({"xgbost": {}})"), HasSubstr("xgboost"));
  EXPECT_THAT(refusal(R"({"tfidf-logistic": {"cost": 0}})", kTfidfLogistic),
              HasSubstr("tfidf-logistic.cost"));
  EXPECT_THAT(refusal(R"({"tfidf-logistic": {"ngrams": 3}})", kTfidfLogistic),
              HasSubstr("tfidf-logistic.ngrams"));
}

}  // namespace
}  // namespace rnnbench
