#include "harness/runner/command_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(CommandLines, MetricsAndTimingsBecomeAnEpoch) {
  CommandLines lines;
  EXPECT_TRUE(
      lines.take(R"({"metric": "accuracy", "split": "test", "epoch": 2, "value": 0.5, "unit": "fraction"})"));
  EXPECT_TRUE(lines.take(R"({"timing": "step", "ns": [30, 10], "clock": "device", "warmup": true})"));
  EXPECT_TRUE(lines.take(R"({"timing": "epoch", "ns": 7})"));
  EXPECT_TRUE(lines.take(R"({"train_seconds": 1.5})"));
  const auto epoch = lines.last();
  ASSERT_TRUE(epoch.has_value());
  EXPECT_EQ(epoch->epoch, 2);
  ASSERT_EQ(epoch->metrics.size(), 1U);
  EXPECT_EQ(epoch->metrics[0].name + epoch->metrics[0].split + epoch->metrics[0].unit,
            "accuracytestfraction");
  EXPECT_EQ(epoch->metrics[0].value, 0.5);
  EXPECT_EQ(epoch->metrics[0].epoch, 2);
  ASSERT_EQ(epoch->timings.size(), 2U);
  EXPECT_EQ(epoch->timings[0].samples_ns, (std::vector<std::int64_t>{30, 10}));
  EXPECT_EQ(epoch->timings[0].clock, "device");
  EXPECT_TRUE(epoch->timings[0].warmup);
  EXPECT_EQ(epoch->timings[1].samples_ns, (std::vector<std::int64_t>{7}));
  EXPECT_EQ(lines.train_seconds(), 1.5);
  EXPECT_FALSE(lines.last().has_value());
}

TEST(CommandLines, EpochsAreCompleteWhenALaterOneBegins) {
  CommandLines lines;
  lines.take(R"({"metric": "loss", "value": 1})");
  EXPECT_TRUE(lines.completed().empty());
  lines.take(R"({"metric": "loss", "epoch": 3, "value": 2})");
  const auto done = lines.completed();
  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0].epoch, 1);
  EXPECT_TRUE(lines.completed().empty());
  EXPECT_EQ(lines.last()->epoch, 3);
}

TEST(CommandLines, TheLaterOfTwoEqualOnesCounts) {
  CommandLines lines;
  lines.take(R"({"metric": "loss", "value": 1})");
  lines.take(R"({"metric": "loss", "value": 2})");
  lines.take(R"({"metric": "loss", "split": "test", "value": 3})");
  const auto epoch = lines.last();
  ASSERT_EQ(epoch->metrics.size(), 2U);
  EXPECT_EQ(epoch->metrics[0].value, 2);
}

TEST(CommandLines, NanIsNan) {
  for (const char* value : {"null", "\"NaN\"", "\"nan\"", "NaN", " NaN "}) {
    CommandLines lines;
    lines.take(std::string(R"({"metric": "loss", "value": )") + value + "}");
    EXPECT_TRUE(std::isnan(lines.last()->metrics[0].value)) << value;
  }
}

TEST(CommandLines, InfinitiesAreInfinite) {
  CommandLines lines;
  lines.take(R"({"metric": "loss", "value": Infinity, "epoch": 1})");
  lines.take(R"({"metric": "gain", "value": -Infinity})");
  const auto epoch = lines.last();
  EXPECT_EQ(epoch->metrics[0].value, std::numeric_limits<double>::infinity());
  EXPECT_EQ(epoch->metrics[1].value, -std::numeric_limits<double>::infinity());
}

TEST(CommandLines, TextsMayHoldTheNamesOfSuchNumbers) {
  CommandLines lines;
  lines.take(R"({"metric": "NaN \" Infinity", "unit": "NaN", "value": NaN})");
  const auto epoch = lines.last();
  EXPECT_EQ(epoch->metrics[0].name, "NaN \" Infinity");
  EXPECT_EQ(epoch->metrics[0].unit, "NaN");
  EXPECT_TRUE(std::isnan(epoch->metrics[0].value));
}

TEST(CommandLines, OtherLinesAreOutput) {
  CommandLines lines;
  for (const char* line :
       {"", "epoch 1", "{", "{}", "[1]", R"({"message": "hello"})", R"("metric")", "\xff{", "null"}) {
    EXPECT_FALSE(lines.take(line)) << line;
  }
  EXPECT_FALSE(lines.last().has_value());
}

TEST(CommandLines, SayWhatAKeyMayBe) {
  const auto said = [](const char* line) -> std::string {
    CommandLines lines;
    try {
      lines.take(line);
    } catch (const EngineError& error) {
      return error.what();
    }
    return "nothing";
  };
  EXPECT_EQ(said(R"({"metric": 3, "value": 1})"), "line 1 of its output: metric is 3; it is a text");
  EXPECT_EQ(said(R"({"metric": "loss"})"), "line 1 of its output: value is missing");
  EXPECT_EQ(said(R"({"metric": "loss", "value": "high"})"),
            "line 1 of its output: value is \"high\"; it is a number, null, NaN, Infinity or -Infinity");
}

class WrongLine : public testing::TestWithParam<const char*> {};

TEST_P(WrongLine, IsRefusedWithItsNumber) {
  CommandLines lines;
  lines.take("first");
  lines.take(R"({"metric": "loss", "epoch": 2, "value": 1})");
  try {
    lines.take(GetParam());
    FAIL() << GetParam();
  } catch (const EngineError& error) {
    EXPECT_THAT(error.what(), HasSubstr("line 3 of its output: "));
    EXPECT_THAT(error.what(), Not(HasSubstr("json.exception"))) << "in words of a library";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Lines, WrongLine,
    testing::Values(
        R"({"timing": 5, "ns": 1})", R"({"timing": "step", "ns": 1, "warmup": "yes"})",
        R"({"metric": "loss", "value": 1, "unit": null})", R"({"metric": "loss", "value": [1]})",
        R"({"metric": "loss"})", R"({"metric": 3, "value": 1})", R"({"metric": "loss", "value": "high"})",
        R"({"metric": "loss", "epoch": 1, "value": 1})", R"({"metric": "loss", "epoch": 0, "value": 1})",
        R"({"metric": "loss", "epoch": "two", "value": 1})", R"({"metric": "loss", "split": 1, "value": 1})",
        R"({"timing": "step"})", R"({"timing": "step", "ns": ["a"]})",
        R"({"timing": "step", "ns": 1, "clock": "wall"})", R"({"train_seconds": "long"})",
        R"({"train_seconds": -5})", R"({"train_seconds": 1e300})", R"({"metric": "loss", "value": 1e999})",
        R"({"metric": "loss", "val)", R"({"metric": "loss", "epoch": 2.5, "value": 1})",
        R"({"metric": "loss", "epoch": 4294967299, "value": 1})", R"({"timing": "step", "ns": [-5]})",
        R"({"timing": "step", "ns": [1.5]})", R"({"timing": "step", "ns": 1e300})"));

}  // namespace
}  // namespace rnnbench
