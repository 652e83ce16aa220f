#include "harness/bench/side_messages.hpp"

#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

TEST(SideMessages, SurviveTheLine) {
  const SideSetup setup = side_setup(to_line(
      SideSetup{R"({"engine":"eigen"})", "word\nvectors", 18'446'744'073'709'551'615U, true, 7, {"words"}}));
  EXPECT_EQ(setup.settings, R"({"engine":"eigen"})");
  EXPECT_EQ(setup.vectors, "word\nvectors");
  EXPECT_EQ(setup.seed, 18'446'744'073'709'551'615U);
  EXPECT_TRUE(setup.drawn_tokens);
  EXPECT_EQ(setup.batches, 7);
  EXPECT_EQ(setup.without, std::vector<std::string>{"words"});
  for (const SideWork work : {SideWork::kTrain, SideWork::kPhases, SideWork::kPredict}) {
    const SideRequest request = side_request(to_line(SideRequest{work, 12}));
    EXPECT_EQ(request.work, work);
    EXPECT_EQ(request.steps, 12);
  }
  const auto samples =
      std::get<SideSamples>(side_answer(to_line(SideSamples{{{"step", {1, -2, 3}}}, 4096, 5})));
  EXPECT_EQ(samples.samples_ns.at("step"), (std::vector<std::int64_t>{1, -2, 3}));
  EXPECT_EQ(samples.memory_peak, 4096);
  EXPECT_EQ(samples.device_memory_peak, 5);
  const auto ready = std::get<SideReady>(side_answer(to_line(SideReady{"{}", R"({"a":1})", "imdb", 12, 34})));
  EXPECT_EQ(ready.needed_operations, 12);
  EXPECT_EQ(ready.needed_bytes, 34);
  EXPECT_EQ(ready.environment, R"({"a":1})");
  EXPECT_EQ(ready.tokens, "imdb");
  const auto failed = std::get<SideFailed>(side_answer(to_line(SideFailed{2, "no \xff room"})));
  EXPECT_EQ(failed.exit_code, 2);
  EXPECT_EQ(failed.message, "no \xEF\xBF\xBD room") << "what is no UTF-8 is replaced";
}

TEST(SideMessages, EachIsOneLine) {
  const std::string line = to_line(SideFailed{3, "two\nlines"});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
}

TEST(SideMessages, RefuseWhatIsNone) {
  for (const char* line :
       {"", "nonsense", "[]", "{}", "7", R"({"ready": "x"})", R"({"samples_ns": {"step": ["a"]}})"}) {
    EXPECT_NE(message_of<EnvironmentError>([&] { side_answer(line); }).find("is no answer of a bench's side"),
              std::string::npos)
        << line;
  }
  EXPECT_THROW(side_setup(R"({"setup": 1})"), EnvironmentError);
  EXPECT_THROW(side_request(R"({"work": "train", "steps": 0})"), EnvironmentError);
  EXPECT_THROW(side_request(R"({"work": "rest", "steps": 1})"), EnvironmentError);
  EXPECT_THROW(side_request(R"({"work": "train", "steps": 1000000000})"), EnvironmentError);
}

TEST(SideMessages, AnotherVersionIsNamed) {
  const std::string message = message_of<EnvironmentError>(
      [] { side_answer(R"({"ready": 99, "engine": "{}", "environment": "{}", "tokens": ""})"); });
  EXPECT_NE(message.find("version 99"), std::string::npos) << message;
}

}  // namespace
}  // namespace rnnbench
