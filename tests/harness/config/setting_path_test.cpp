#include "harness/config/setting_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Json sample() {
  return Json::parse(R"({"model": {"layers": [{"cell": "rnn"}, {"cell": "gru"}], "pooling": "last"}})");
}

std::string refusal_to_assign(const std::string& path) {
  Json settings = sample();
  return message_of<ConfigError>([&] { assign(settings, {path, 1, "x.toml:7"}); });
}

TEST(SettingPath, AssignsInsideTablesAndArrays) {
  Json settings = sample();
  assign(settings, {"model.layers.1.cell", "lstm", ""});
  assign(settings, {"data.limit.train", 100, ""});
  EXPECT_EQ(settings,
            Json::parse(R"({"model": {"layers": [{"cell": "rnn"}, {"cell": "lstm"}], "pooling": "last"},
                                      "data": {"limit": {"train": 100}}})"));
}

TEST(SettingPath, RefusesAnElementThatIsNotThere) {
  EXPECT_THAT(refusal_to_assign("model.layers.3.cell"),
              StartsWith("x.toml:7: model.layers.3.cell: model.layers has no element 3"));
  for (const char* key : {"2", "-1", "x", "0x", "", "99999999999999999999999"}) {
    EXPECT_THAT(refusal_to_assign(std::string("model.layers.") + key + ".cell"),
                HasSubstr("it has 2, counted from 0"))
        << key;
  }
}

TEST(SettingPath, RefusesAPathThroughAPlainValue) {
  EXPECT_THAT(refusal_to_assign("model.pooling.kind"),
              HasSubstr("model.pooling is \"last\" and holds no settings; give a path"));
}

TEST(SettingPath, FindsWhatIsThereOnly) {
  const Json settings = sample();
  EXPECT_EQ(*find_setting(settings, "model.layers.1.cell"), "gru");
  for (const char* path :
       {"model.layers.2", "model.layers.x", "model.pooling.x", "models", "model.layers.0.cell.0"}) {
    EXPECT_EQ(find_setting(settings, path), nullptr) << path;
  }
}

TEST(SettingPath, MergesTablesAndReplacesTheRest) {
  Json onto = Json::parse(R"({"a": {"x": 1, "y": [1, 2]}, "b": 1})");
  merge(onto, Json::parse(R"({"a": {"y": [3]}, "b": {"c": 2}, "d": 4})"));
  EXPECT_EQ(onto, Json::parse(R"({"a": {"x": 1, "y": [3]}, "b": {"c": 2}, "d": 4})"));
}

TEST(SettingPath, FlattensNestedAndDottedKeysAlike) {
  const Origins origins = {{"axes.a.b", "x.toml:1"}, {"axes.c.d", "x.toml:2"}};
  const auto leaves = flatten(Json::parse(R"({"a": {"b": [1]}, "c.d": 2})"), "axes", origins);
  ASSERT_EQ(leaves.size(), 2U);
  EXPECT_EQ(leaves[0].path, "a.b");
  EXPECT_EQ(leaves[0].value, Json::parse("[1]"));
  EXPECT_EQ(leaves[0].origin, "x.toml:1");
  EXPECT_EQ(leaves[1].path, "c.d");
  EXPECT_EQ(leaves[1].origin, "x.toml:2");
  EXPECT_TRUE(flatten(Json::object(), "axes", origins).empty());
}

TEST(SettingPath, KnowsWhatLiesWithin) {
  EXPECT_TRUE(lies_within("model.layers.1", "model.layers"));
  EXPECT_TRUE(lies_within("model", "model"));
  EXPECT_FALSE(lies_within("model.layers.10", "model.layers.1"));
  EXPECT_FALSE(lies_within("model", "model.layers"));
}

}  // namespace
}  // namespace rnnbench
