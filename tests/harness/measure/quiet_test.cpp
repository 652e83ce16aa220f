#include "harness/measure/quiet.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "harness/core/child_process.hpp"

namespace rnnbench {
namespace {

void spin_for(std::chrono::milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until) {
  }
}

// Catches: a block of steps that is timed while threads of the side before it still spin.
TEST(Quiet, WaitsForThreadsThatSpin) {
  std::atomic<bool> begun = false, spins = true;
  std::thread thread([&] {
    begun = true;
    spin_for(std::chrono::milliseconds(30));
    spins = false;
  });
  while (!begun) std::this_thread::yield();
  EXPECT_TRUE(wait_until_quiet(60));
  EXPECT_FALSE(spins);
  thread.join();
}

TEST(Quiet, GivesUpOnThreadsThatNeverRest) {
  std::atomic<bool> begun = false, ends = false;
  std::thread thread([&] {
    begun = true;
    while (!ends) spin_for(std::chrono::milliseconds(1));
  });
  while (!begun) std::this_thread::yield();
  EXPECT_FALSE(wait_until_quiet(0.02));
  ends = true;
  thread.join();
  EXPECT_TRUE(wait_until_quiet(60));
}

// Catches: waiting for a process but not for what it started.
TEST(Quiet, WaitsForAnotherProcessAndAllThatItStarted) {
  ChildProcess shell({"/bin/sh", "-c",
                      "(i=0; while [ $i -lt 30000 ]; do i=$((i + 1)); done; echo rested >&3) & echo begun "
                      ">&3; wait; sleep 60"});
  std::string said;
  while (said.find("begun") == std::string::npos) shell.take_messages(said);
  EXPECT_TRUE(wait_until_quiet(shell.id(), 60));
  shell.take_messages(said);
  EXPECT_NE(said.find("rested"), std::string::npos);
}

}  // namespace
}  // namespace rnnbench
