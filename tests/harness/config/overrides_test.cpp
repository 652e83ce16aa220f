#include "harness/config/overrides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string refusal_of_override(const std::string& text) {
  return message_of<ConfigError>([&] { parse_override(text); });
}

TEST(Overrides, ReadTomlValues) {
  EXPECT_EQ(parse_override("training.epochs=3").value, Json(3));
  EXPECT_EQ(parse_override(" training.epochs = 3 ").path, "training.epochs");
  EXPECT_EQ(parse_override("engine = eigen ").value, Json("eigen"));
  EXPECT_EQ(parse_override("a=5e-4").value, Json(5e-4));
  EXPECT_EQ(parse_override("a=true").value, Json(true));
  EXPECT_EQ(parse_override("a=[1, 2]").value, Json::parse("[1, 2]"));
  EXPECT_EQ(parse_override("a={ train = 5 }").value, Json::parse(R"({"train": 5})"));
  EXPECT_EQ(parse_override("a=\"3\"").value, Json("3"));
}

TEST(Overrides, TakeAnythingElseAsText) {
  for (const char* text : {"libtorch", "", "007", "a = b", "[1", "#x", "1\nb = 2", "rnn+lstm"}) {
    EXPECT_EQ(parse_override(std::string("engine=") + text).value, Json(text));
  }
}

TEST(Overrides, RememberTheOption) {
  const Assignment override = parse_override("model.layers.0.cell=lstm");
  EXPECT_EQ(override.path, "model.layers.0.cell");
  EXPECT_EQ(override.origin, "--set model.layers.0.cell");
}

TEST(Overrides, RefuseWhatIsNoAssignment) {
  for (const char* text : {"engine", "=3", ".a=1", "a.=1", "a..b=1", "a b=1", "\"a\"=1", ""}) {
    EXPECT_THAT(refusal_of_override(text),
                AllOf(StartsWith("--set "), HasSubstr("write it as --set training.epochs=3")))
        << text;
  }
}

TEST(Overrides, RefuseValuesNoSettingHas) {
  EXPECT_THAT(refusal_of_override("training.clip_norm=inf"),
              AllOf(StartsWith("--set training.clip_norm:"), HasSubstr("finite")));
  EXPECT_THAT(refusal_of_override("a=2024-01-31"), HasSubstr("date"));
  EXPECT_THAT(refusal_of_override("a=\xff"), HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace rnnbench
