#include "harness/bench/side_link.hpp"

#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

/// A side that a shell plays.
std::vector<std::string> shell(const std::string& script) { return {"/bin/sh", "-c", script}; }

TEST(SideProcess, AsksAndGetsTheAnswer) {
  SideProcess side(
      shell(R"(read setup; echo '{"ready":1,"engine":"{}","environment":"{}","tokens":"toy"}' >&3;
    read request; echo "$request" >&2; echo '{"samples_ns":{"step":[5,6]},"memory_peak":1,"device_memory_peak":0}' >&3)"),
      {});
  EXPECT_EQ(side.set_up({}).tokens, "toy");
  EXPECT_EQ(side.measure({SideWork::kTrain, 2}).samples_ns.at("step"), (std::vector<std::int64_t>{5, 6}));
}

TEST(SideProcess, OneThatEndsIsNamedWithItsLastWords) {
  SideProcess side(shell("read setup; echo out of luck >&2; exit 7"), {});
  const std::string message = message_of<EngineError>([&] { side.set_up({}); });
  EXPECT_NE(message.find("exit code 7"), std::string::npos) << message;
  EXPECT_NE(message.find("out of luck"), std::string::npos) << message;
}

TEST(SideProcess, OneThatIsKilledIsNamedWithTheSignal) {
  SideProcess side(shell("read setup; kill -11 $$"), {});
  EXPECT_NE(message_of<EngineError>([&] { side.set_up({}); }).find("signal 11"), std::string::npos);
}

TEST(SideProcess, WhatItSaysFailedIsThrown) {
  SideProcess side(shell(R"(read setup; echo '{"failed":"too little memory","exit_code":3}' >&3; read more)"),
                   {});
  EXPECT_EQ(message_of<EngineError>([&] { side.set_up({}); }), "too little memory");
}

TEST(SideProcess, AnAnswerThatWasNotAskedForIsRefused) {
  SideProcess side(
      shell(R"(read setup; echo '{"samples_ns":{},"memory_peak":1,"device_memory_peak":0}' >&3; read more)"),
      {});
  EXPECT_NE(message_of<EngineError>([&] { side.set_up({}); }).find("what it wasn't asked"),
            std::string::npos);
}

TEST(SideProcess, WaitingEndsWhenAskedToStop) {
  std::stop_source stop;
  SideProcess side(shell("read setup; sleep 60"), stop.get_token());
  stop.request_stop();
  EXPECT_THROW(side.set_up({}), Interrupted);
}

}  // namespace
}  // namespace rnnbench
