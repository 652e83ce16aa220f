#include "harness/core/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class Settings : public testing::Test {
 protected:
  SettingsReader reader() const { return {values_, "", origins_}; }

  template <typename Read>
  std::string refusal(Read read) const {
    return message_of<ConfigError>([&] {
      SettingsReader from = reader();
      read(from);
    });
  }

  Json values_ = Json::parse(R"({"text": "lstm", "whole": 3, "real": 0.5, "flag": true, "table": {"inner": 1},
                                 "tables": [{"cell": "rnn"}, {"cell": "gru"}], "mixed": [{}, 3]})");
  Origins origins_ = {{"", "x.toml"}, {"whole", "x.toml:2"}, {"table", "x.toml:5"}, {"tables.1", "x.toml:9"}};
};

TEST_F(Settings, AreReadByType) {
  SettingsReader from = reader();
  EXPECT_EQ(from.text("text"), "lstm");
  EXPECT_EQ(from.integer("whole", 0, 3), 3);
  EXPECT_EQ(from.number("real", 0, 1), 0.5);
  EXPECT_EQ(from.number("whole", 3, 3), 3.0);
  EXPECT_TRUE(from.flag_or("flag", false));
  EXPECT_EQ(from.choice("text", {"rnn", "lstm"}, "rnn"), "lstm");
  EXPECT_EQ(from.table("table").integer("inner", 0, 9), 1);
  EXPECT_EQ(from.tables("tables").at(1).text("cell"), "gru");
  EXPECT_EQ(from.value("mixed").size(), 2U);
}

TEST_F(Settings, FallBackWhereTheyMayBeMissing) {
  SettingsReader from = reader();
  EXPECT_FALSE(from.has("absent"));
  EXPECT_EQ(from.text_or("absent", "a"), "a");
  EXPECT_EQ(from.integer_or("absent", 0, 1, 7), 7);
  EXPECT_EQ(from.number_or("absent", 0, 1, 7.5), 7.5);
  EXPECT_TRUE(from.flag_or("absent", true));
  EXPECT_EQ(from.choice("absent", {"a", "b"}, "b"), "b");
  EXPECT_NO_THROW(from.table("absent").finish());
  EXPECT_TRUE(from.tables("absent").empty());
}

TEST_F(Settings, SayWhatIsMissing) {
  EXPECT_EQ(refusal([](auto& from) { from.text("absent"); }),
            "x.toml: absent: missing; give a text in quotes");
  EXPECT_EQ(refusal([](auto& from) { from.integer("absent", 1, 9); }),
            "x.toml: absent: missing; give an integer from 1 to 9");
  EXPECT_EQ(refusal([](auto& from) { from.table("table").number("absent", 0, 1); }),
            "x.toml:5: table.absent: missing; give a number from 0 to 1");
}

TEST_F(Settings, RefuseAnotherType) {
  EXPECT_EQ(refusal([](auto& from) { from.text("whole"); }),
            "x.toml:2: whole: expected a text in quotes, found 3");
  EXPECT_THAT(refusal([](auto& from) { from.integer("real", 0, 9); }),
              HasSubstr("integer from 0 to 9, found 0.5"));
  EXPECT_THAT(refusal([](auto& from) { from.integer("flag", 0, 9); }), HasSubstr("found true"));
  EXPECT_THAT(refusal([](auto& from) { from.number("text", 0, 9); }),
              HasSubstr("a number from 0 to 9, found \"lstm\""));
  EXPECT_THAT(refusal([](auto& from) { from.number("flag", 0, 9); }), HasSubstr("found true"));
  EXPECT_THAT(refusal([](auto& from) { from.flag_or("whole", true); }),
              HasSubstr("expected true or false, found 3"));
  EXPECT_THAT(refusal([](auto& from) { from.table("whole"); }),
              StartsWith("x.toml:2: whole: expected a table, found 3"));
  EXPECT_THAT(refusal([](auto& from) { from.tables("table"); }), HasSubstr("expected an array of tables"));
  EXPECT_THAT(refusal([](auto& from) { from.tables("mixed"); }),
              HasSubstr("mixed.1: expected a table, found 3"));
}

TEST_F(Settings, RefuseValuesOutOfRange) {
  EXPECT_THAT(refusal([](auto& from) { from.integer("whole", 4, 9); }), HasSubstr("from 4 to 9, found 3"));
  EXPECT_THAT(refusal([](auto& from) { from.integer("whole", 0, 2); }), HasSubstr("from 0 to 2, found 3"));
  EXPECT_THAT(refusal([](auto& from) { from.number("real", 0.6, 1); }),
              HasSubstr("from 0.6 to 1, found 0.5"));
}

TEST_F(Settings, RefuseNumbersThatWouldWrapAroundOrAreNone) {
  const double infinity = std::numeric_limits<double>::infinity();
  values_["huge"] = std::numeric_limits<std::uint64_t>::max();
  values_["infinite"] = infinity;
  values_["nan"] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(refusal([](auto& from) { from.integer("huge", -5, 5); }),
              HasSubstr("found 18446744073709551615"));
  EXPECT_THAT(refusal([&](auto& from) { from.number("infinite", 0, infinity); }),
              HasSubstr("expected a number"));
  EXPECT_THAT(refusal([&](auto& from) { from.number("nan", -infinity, infinity); }),
              HasSubstr("expected a number"));
}

TEST_F(Settings, NameTheNearestOfTheChoices) {
  EXPECT_THAT(refusal([](auto& from) {
                from.choice("text", {"lstn", "gru"}, "gru");
              }),
              HasSubstr("'lstm' is not one of its values; did you mean 'lstn'?"));
}

TEST_F(Settings, RefuseKeysNobodyAskedFor) {
  values_ = Json::parse(R"({"epochs": 1, "epoch": 2})");
  origins_["epoch"] = "x.toml:7";
  SettingsReader from = reader();
  from.integer("epochs", 0, 9);
  EXPECT_EQ(message_of<ConfigError>([&] { from.finish(); }),
            "x.toml:7: epoch: unknown key; did you mean 'epochs'?");
  from.has("epoch");
  EXPECT_NO_THROW(from.finish());
}

TEST_F(Settings, NameTheNearestEnclosingPlace) {
  EXPECT_EQ(reader().place("whole"), "x.toml:2: whole");
  EXPECT_EQ(reader().table("table").place("inner"), "x.toml:5: table.inner");
  EXPECT_EQ(reader().tables("tables").at(1).place("cell"), "x.toml:9: tables.1.cell");
  EXPECT_EQ(reader().tables("tables").at(0).place("cell"), "x.toml: tables.0.cell");
  origins_.clear();
  EXPECT_EQ(reader().place("whole"), "whole");
}

TEST_F(Settings, CutLongValuesBetweenCharacters) {
  for (const std::string start : {"", "x"}) {
    values_["long"] = start;
    for (int i = 0; i < 100; ++i) values_["long"].get_ref<std::string&>() += "ä";
    const std::string message = refusal([](auto& from) { from.integer("long", 0, 1); });
    EXPECT_THAT(message, AllOf(EndsWith("..."), HasSubstr("found \"")));
    EXPECT_LT(message.size(), 120U);
    EXPECT_NO_THROW(Json(message).dump());
  }
}

}  // namespace
}  // namespace rnnbench
