#include "harness/bench/program_side.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "tests/harness/runner/fakes.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

/// A program that a shell plays.
class ProgramSideTest : public testing::Test {
 protected:
  ProgramSideTest() : services(fake_services(script, ".")) {}

  SideSetup playing(const std::string& shell_script) {
    TrialSpec trial = tiny_trial(1);
    trial.engine = kCommandEngine;
    trial.data.set = "toy";
    trial.recipe.name = "r";
    trial.recipe.steps = {{"split", "whitespace", ""}};
    trial.recipe.vocabulary = 20;
    trial.recipe.length = 3;
    trial.training.batch = 2;
    trial.training.threads = 1;
    trial.command.run = {"/bin/sh", folder.write("play.sh", shell_script).string(), folder.path().string()};
    SideSetup setup;
    setup.settings = canonical_settings(trial, "f").dump();
    return setup;
  }
  std::unique_ptr<ProgramSide> side(const std::string& shell_script, double most_seconds = 60) {
    return std::make_unique<ProgramSide>(playing(shell_script), std::vector<std::string>{"eigen"}, services,
                                         most_seconds);
  }
  /// What asking it for three training steps throws.
  std::string refusal(const std::string& answer) {
    const auto program = side(ready + answer);
    return message_of<EngineError>([&] { program->measure({SideWork::kTrain, 3}); });
  }

  const std::string ready = R"(read setup; echo '{"ready": 1, "versions": {"toy": "7"}}'; read request; )";
  EngineScript script;
  RunServices services;
  TemporaryFolder folder;
};

TEST_F(ProgramSideTest, TakesStepsAndPredictionsAndNoPhases) {
  const auto program = side(ready + R"(echo '{"samples_ns": [5, 6, 7]}'; read request;
    [ "$request" = '{"predict":2}' ] && echo '{"samples_ns": [1, 2]}'; read request)");
  EXPECT_EQ(Json::parse(program->ready().engine).at("versions").at("toy"), "7");
  EXPECT_EQ(program->ready().needed_operations, 0);
  const SideSamples steps = program->measure({SideWork::kTrain, 3});
  EXPECT_EQ(steps.samples_ns.at("step"), (std::vector<std::int64_t>{5, 6, 7}));
  EXPECT_GT(steps.memory_peak, 0);
  EXPECT_TRUE(program->measure({SideWork::kPhases, 2}).samples_ns.empty());
  EXPECT_EQ(program->measure({SideWork::kPredict, 2}).samples_ns.at("predict"),
            (std::vector<std::int64_t>{1, 2}));
}

// Catches: a program that trains on other reviews than the engines beside it.
TEST_F(ProgramSideTest, GetsTheBatchesThatEnginesGet) {
  const std::string keep = R"(read -r setup; echo "$setup" > "$1/setup"; file=${setup#*\"file\":\"};
    cat "${file%%\"*}" > "$1/batches"; echo '{"ready": 1}'; read request)";
  const SideSetup asked = playing(keep);
  const auto program = side(keep);
  const Json setup = Json::parse(read_file(folder.path() / "setup"));
  EXPECT_EQ(setup.at("setup"), 1);
  EXPECT_EQ(setup.at("threads"), 1);
  EXPECT_EQ(setup.at("settings").at("training").at("batch"), 2);
  const SideBatches expected(trial_of(asked, {"eigen"}), asked, services);
  const Json& about = setup.at("batches");
  ASSERT_EQ(about.at("count"), expected.batches.size());
  EXPECT_EQ(about.at("reviews"), 2);
  const std::string bytes = read_file(folder.path() / "batches");
  std::vector<std::int32_t> numbers(bytes.size() / sizeof(std::int32_t));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  std::vector<std::int32_t> wanted;
  const auto add = [&](const auto& some) { wanted.insert(wanted.end(), some.begin(), some.end()); };
  for (const Batch& batch : expected.batches) add(batch.ids);
  for (const Batch& batch : expected.batches) add(batch.lengths);
  for (const Batch& batch : expected.batches) add(batch.labels);
  EXPECT_EQ(numbers, wanted);
}

TEST_F(ProgramSideTest, OneThatEndsIsNamedWithItsLastWords) {
  const std::string message = refusal("echo out of luck >&2; exit 7");
  EXPECT_NE(message.find("/bin/sh"), std::string::npos) << message;
  EXPECT_NE(message.find("exit code 7"), std::string::npos) << message;
  EXPECT_NE(message.find("out of luck"), std::string::npos) << message;
}

TEST_F(ProgramSideTest, WhatItSaysFailedIsThrown) {
  EXPECT_NE(refusal(R"(echo '{"failed": "no such layer"}'; read more)").find("failed: no such layer"),
            std::string::npos);
}

TEST_F(ProgramSideTest, OneThatSaysNothingIsGivenUp) {
  const std::string message =
      message_of<EngineError>([&] { side("read setup; echo waiting >&2; exec sleep 60", 0.3); });
  EXPECT_NE(message.find("didn't answer within 0.3 s, after it wrote: waiting"), std::string::npos)
      << message;
}

TEST_F(ProgramSideTest, AnswersThatAreNoneAreRefusedWithWhatWasExpected) {
  for (const char* wrong : {"hello", "[1]", R"({"samples_ns": [1, 2]})", R"({"samples_ns": [1, 2, 3, 4]})",
                            R"({"samples_ns": [1, 2, -3]})", R"({"samples_ns": [1, 2, 3.5]})",
                            R"({"samples_ns": "3"})", R"({"ready": 1})"}) {
    const std::string message = refusal(std::string("echo '") + wrong + "'; read more");
    EXPECT_NE(message.find("expected "), std::string::npos) << message;
    EXPECT_NE(message.find(Json::parse(wrong, nullptr, false).is_discarded() ? wrong : "answered '"),
              std::string::npos)
        << message;
  }
  const std::string message =
      message_of<EngineError>([&] { side(R"(read setup; echo '{"ready": 2}'; read more)"); });
  EXPECT_NE(message.find("expected {\"ready\": 1"), std::string::npos) << message;
}

// Catches: a side that is timed while the program before it still works.
TEST_F(ProgramSideTest, AnswersOnceWhatTheProgramStartedIsQuiet) {
  const auto program = side(ready + R"(
    (i=0; while [ $i -lt 60000 ]; do i=$((i + 1)); done; echo rested > "$1/rested") &
    echo '{"samples_ns": [1, 2, 3]}'; read more)");
  program->measure({SideWork::kTrain, 3});
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "rested"));
}

TEST_F(ProgramSideTest, WaitingEndsWhenAskedToStop) {
  std::stop_source stop;
  services.stop = stop.get_token();
  const auto program = side(ready + "exec sleep 60");
  stop.request_stop();
  EXPECT_THROW(program->measure({SideWork::kTrain, 3}), Interrupted);
}

}  // namespace
}  // namespace rnnbench
