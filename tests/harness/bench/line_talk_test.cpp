#include "harness/bench/line_talk.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "harness/core/error.hpp"
#include "tests/support/process_end.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

constexpr auto kOnOutput = ChildProcess::Messages::kOnStandardOutput;

TEST(LineTalk, ALineIsAnsweredByALine) {
  LineTalk talk({"/bin/sh", "-c", "while read line; do echo \"<$line>\"; done"}, kOnOutput, "it", {}, 60);
  EXPECT_EQ(talk.ask("one\n"), "<one>");
  EXPECT_EQ(talk.ask("two\n"), "<two>");
}

// Catches: a half of an answer that is taken for the whole, or left for the next.
TEST(LineTalk, WaitsForTheLinesEnd) {
  LineTalk talk({"/bin/sh", "-c", "read line; printf a; sleep 0.3; printf 'b\\nc\\n'; read line; read line"},
                kOnOutput, "it", {}, 60);
  EXPECT_EQ(talk.ask("one\n"), "ab");
  EXPECT_EQ(talk.ask("two\n"), "c");
}

TEST(LineTalk, GivesUpAfterItsTime) {
  LineTalk talk({"/bin/sh", "-c", "exec sleep 60"}, kOnOutput, "the sleeper", {}, 0.2);
  EXPECT_EQ(message_of<EngineError>([&] { talk.ask("wake\n"); }), "the sleeper didn't answer within 0.2 s");
}

// Catches: what a wrapper started that goes on when the talk is over.
TEST(LineTalk, WhatTheProcessStartedEndsWithIt) {
  pid_t started = 0;
  {
    LineTalk talk({"/bin/sh", "-c", "sleep 1000 & echo $!; read line; wait"}, kOnOutput, "it", {}, 60);
    started = std::stoi(talk.ask("\n"));
    ASSERT_EQ(::kill(started, 0), 0);
  }
  EXPECT_TRUE(ends_soon(started));
}

}  // namespace
}  // namespace rnnbench
