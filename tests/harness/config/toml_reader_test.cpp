#include "harness/config/toml_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

std::string refusal_of_toml(const std::string& text) {
  return message_of<ConfigError>([&] { parse_toml(text, "x.toml"); });
}

TEST(TomlReader, GivesEveryTypeAsJson) {
  const SettingsTree tree = parse_toml(
      "text = \"a\"\nwhole = -3\nreal = 5e-4\nflag = true\nlist = [1, [2]]\n[table]\ninner = { x = 1 }\n",
      "x.toml");

  EXPECT_EQ(tree.values,
            Json::parse(R"({"text": "a", "whole": -3, "real": 5e-4, "flag": true, "list": [1, [2]],
                                         "table": {"inner": {"x": 1}}})"));
  EXPECT_TRUE(tree.values.at("whole").is_number_integer());
  EXPECT_TRUE(tree.values.at("real").is_number_float());
}

TEST(TomlReader, SaysWhereEachSettingStands) {
  const SettingsTree tree = parse_toml(
      "schema = 1\n\n[model]\nlayers = [\n  { cell = \"rnn\" },\n  { units = 4 },\n]\n[[exclude]]\nengine = "
      "\"e\"\n",
      "dir/x.toml");

  EXPECT_EQ(tree.origins.at(""), "dir/x.toml");
  EXPECT_EQ(tree.origins.at("schema"), "dir/x.toml:1");
  EXPECT_EQ(tree.origins.at("model"), "dir/x.toml:3");
  EXPECT_EQ(tree.origins.at("model.layers"), "dir/x.toml:4");
  EXPECT_EQ(tree.origins.at("model.layers.0.cell"), "dir/x.toml:5");
  EXPECT_EQ(tree.origins.at("model.layers.1"), "dir/x.toml:6");
  EXPECT_EQ(tree.origins.at("exclude.0"), "dir/x.toml:8");
  EXPECT_EQ(tree.origins.at("exclude.0.engine"), "dir/x.toml:9");
}

TEST(TomlReader, KeepsTheWrittenOrder) {
  EXPECT_THAT(parse_toml("b = 1\na = { z = 1, y = 2 }\n", "x.toml").written,
              ElementsAre("b", "a", "a.z", "a.y"));
}

TEST(TomlReader, ReadsDosLinesAndAByteOrderMark) {
  const SettingsTree tree = parse_toml(
      "\xEF\xBB\xBF"
      "a = 1\r\nb = 2\r\n",
      "x.toml");
  EXPECT_EQ(tree.values, Json::parse(R"({"a": 1, "b": 2})"));
  EXPECT_EQ(tree.origins.at("b"), "x.toml:2");
}

TEST(TomlReader, RefusesMalformedTextWithItsPlaceAndARemedy) {
  for (const char* text :
       {"a = 1\nb = ", "a = 1\nb = yes", "a = 1\nb = \"open", "a = 1\nb b", "a = 1\n[t", "a = 1\nb = [1,",
        "a = 1\nb = {x = 1", "a = 1\nb = 1\x01", "a = 1\nb = \"\xff\xfe\""}) {
    EXPECT_THAT(refusal_of_toml(text), MatchesRegex("x\\.toml:2:[0-9]+: (.|\n)+; correct the TOML there .*"))
        << text;
  }
}

TEST(TomlReader, RefusesAKeyThatStandsTwice) {
  EXPECT_THAT(refusal_of_toml("a = 1\na = 2"), StartsWith("x.toml:2:"));
  EXPECT_THAT(refusal_of_toml("[t]\n[t]"), StartsWith("x.toml:2:"));
}

TEST(TomlReader, RefusesWhatNoSettingHas) {
  EXPECT_THAT(refusal_of_toml("\nd = 2024-01-31"), StartsWith("x.toml:2:1: d: no setting is a date"));
  EXPECT_THAT(refusal_of_toml("t = 12:00:00"), HasSubstr("put it in quotes"));
  EXPECT_THAT(refusal_of_toml("m = [1.0, inf]"), StartsWith("x.toml:1:11: m.1: "));
  EXPECT_THAT(refusal_of_toml("n = { x = nan }"),
              HasSubstr("n.x: no setting takes it; give a finite number"));
}

TEST(TomlReader, RefusesNumbersThatDoNotFit) {
  EXPECT_THAT(refusal_of_toml("a = 9223372036854775808"), StartsWith("x.toml:1:"));
}

TEST(TomlReader, SurvivesHostileNesting) {
  EXPECT_THAT(refusal_of_toml("a = " + std::string(10'000, '[')), StartsWith("x.toml:1:"));
  std::string dotted = "a";
  for (int i = 0; i < 5'000; ++i) dotted += ".a";
  EXPECT_THAT(refusal_of_toml(dotted + " = 1"), HasSubstr("nested more than 64 deep"));
  EXPECT_THAT(refusal_of_toml("[" + dotted + "]\n" + dotted + " = 1"), HasSubstr("nested more than 64 deep"));
  EXPECT_THAT(refusal_of_toml("b = 1\na = \"" + std::string(1'000'000, 'x') + "\""),
              StartsWith("x.toml:2: a line of"));
}

TEST(TomlReader, NamesAFileThatCannotBeRead) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "absent.toml";
  EXPECT_THAT(message_of<EnvironmentError>([&] { read_toml(path); }), HasSubstr(path.string()));
}

}  // namespace
}  // namespace rnnbench
