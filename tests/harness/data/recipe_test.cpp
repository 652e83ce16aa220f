#include "harness/data/recipe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

Json valid() {
  return Json::parse(R"({"name": "r", "vocabulary": 100, "length": 20, "steps": [
    {"step": "lower"}, {"step": "delete", "pattern": "[0-9]+"}, {"step": "replace", "pattern": "x", "with": "y"},
    {"step": "split", "on": " "}, {"step": "drop", "words": "english-198"},
    {"step": "stem", "algorithm": "porter"}]})");
}

Recipe read(const Json& json) {
  const Origins origins = {{"", "recipes/r.toml"}};
  return read_recipe(SettingsReader(json, "", origins));
}

void expect_refused(const Json& json, const std::string& place, const std::string& reason) {
  EXPECT_THAT([&] { read(json); }, ThrowsMessage<ConfigError>(testing::AllOf(
                                       HasSubstr("recipes/r.toml: " + place), HasSubstr(reason))))
      << json;
}

Json with(const char* pointer, const Json& value) {
  Json json = valid();
  json[Json::json_pointer(pointer)] = value;
  return json;
}

TEST(Recipe, WritesDefaultsOut) {
  const Recipe recipe = read(valid());
  EXPECT_EQ(recipe.steps.size(), 6U);
  EXPECT_EQ(recipe.steps[2].with, "y");
  EXPECT_EQ(recipe.start_id, -1);
  const Json json = to_json(recipe);
  EXPECT_EQ(json["vocabulary_from"], "train");
  EXPECT_EQ(json["ids"], Json::parse(R"({"padding": 0, "unknown": 1, "first_word": 2})"));
  EXPECT_EQ(json["padding"], "back");
  EXPECT_EQ(json["truncation"], "back");
  EXPECT_EQ(json["steps"][4]["words_sha256"].get<std::string>().size(), 64U);
}

TEST(Recipe, ReadsBackWhatItWrote) {
  Json json = valid();
  json["ids"] = {{"padding", 3}, {"start", 1}, {"unknown", 2}, {"first_word", 5}};
  json["vocabulary_from"] = "all";
  json["padding"] = "front";
  json["truncation"] = "front";
  json["description"] = "not kept";
  const Json written = to_json(read(json));
  EXPECT_EQ(to_json(read(written)), written);
  EXPECT_EQ(written["ids"], json["ids"]);
  EXPECT_EQ(written["vocabulary_from"], "all");
  EXPECT_EQ(written["padding"], "front");
  EXPECT_EQ(written["truncation"], "front");
  EXPECT_FALSE(written.contains("description"));
}

TEST(Recipe, RefusesAWordListThatHasChangedSince) {
  expect_refused(with("/steps/4/words_sha256", std::string(64, '0')), "steps.4.words_sha256", "has changed");
}

TEST(Recipe, RefusesWrongSteps) {
  expect_refused(with("/steps/0/step", "lowr"), "steps.0.step", "'lower'");
  expect_refused(with("/steps/0/step", "split"), "steps.0.on", "missing");
  expect_refused(with("/steps/0", Json{{"step", "split"}, {"on", " "}}), "steps.1.step", "before the split");
  expect_refused(with("/steps/5", Json{{"step", "split"}, {"on", " "}}), "steps.5.step", "second split");
  expect_refused(with("/steps/3", Json{{"step", "lower"}}), "steps.4.step", "after the split");
  expect_refused(with("/steps", Json::array({{{"step", "lower"}}})), "steps", "no split");
  expect_refused(with("/steps", Json::array()), "steps", "no split");
  expect_refused(with("/steps/1/pattern", "[0-9"), "steps.1.pattern", "offset");
  expect_refused(with("/steps/1/pattern", ""), "steps.1.pattern", "empty");
  expect_refused(with("/steps/1/patern", "a"), "steps.1.patern", "'pattern'");
  expect_refused(with("/steps/3/on", "  "), "steps.3.on", "one ASCII character");
  expect_refused(with("/steps/3/on", "\u00e9"), "steps.3.on", "one ASCII character");
  expect_refused(with("/steps/4/words", "english-179"), "steps.4.words", "'english-198'");
  expect_refused(with("/steps/5/algorithm", "lancaster"), "steps.5.algorithm", "porter");
}

TEST(Recipe, RefusesIdsThatMeet) {
  const auto ids = [](int padding, int start, int unknown, int first) {
    return with("/ids",
                {{"padding", padding}, {"start", start}, {"unknown", unknown}, {"first_word", first}});
  };
  EXPECT_NO_THROW(read(ids(0, 1, 2, 3)));
  expect_refused(ids(0, 1, 0, 3), "ids.unknown", "padding too");
  expect_refused(ids(0, 0, 1, 3), "ids.start", "padding too");
  expect_refused(ids(0, 1, 1, 3), "ids.start", "unknown too");
  expect_refused(ids(0, 1, 2, 2), "ids.first_word", "at least 3");
  expect_refused(ids(5, 1, 2, 3), "ids.first_word", "at least 6");
  expect_refused(ids(-1, 1, 2, 3), "ids.padding", "from 0");
  expect_refused(with("/ids/begin", 1), "ids.begin", "unknown key");
}

TEST(Recipe, RefusesSizesOutOfRange) {
  EXPECT_EQ(read(with("/vocabulary", 3)).vocabulary, 3);
  expect_refused(with("/vocabulary", 2), "vocabulary", "from 3");
  expect_refused(with("/vocabulary", 2.5), "vocabulary", "integer");
  expect_refused(with("/length", 0), "length", "from 1 to 10000");
  expect_refused(with("/length", 10'001), "length", "from 1 to 10000");
  expect_refused(with("/padding", "left"), "padding", "front");
  expect_refused(with("/vocabulary_from", "test"), "vocabulary_from", "train");
  expect_refused(with("/lenght", 5), "lenght", "'length'");
}

}  // namespace
}  // namespace rnnbench
