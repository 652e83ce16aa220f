#include "harness/measure/process_memory.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "harness/core/child_process.hpp"
#include "harness/measure/machine_use.hpp"

namespace rnnbench {
namespace {

TEST(ProcessMemory, GrowsWithWhatIsTouched) {
  const double before = resident_bytes_of(::getpid());
  std::vector<char> kept(50'000'000, 'x');
  EXPECT_GT(resident_bytes_of(::getpid()) - before, 40e6);
  EXPECT_EQ(kept.back(), 'x');
}

TEST(ProcessMemory, CountsWhatAProcessStarted) {
  ChildProcess child({"/bin/sh", "-c", "sleep 5 & echo >&3; wait"});
  std::string messages;
  while (messages.empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    child.take_messages(messages);
  }
  const double all = resident_bytes_of(::getpid());
  const double of_child = resident_bytes_of(child.id());
  EXPECT_GT(of_child, 0);
  EXPECT_GT(all, of_child);
}

TEST(ProcessMemory, OfNobodyIsNothing) { EXPECT_EQ(resident_bytes_of(1 << 30), 0); }

TEST(ProcessMemory, IsThatOfTheProcessAndOfWhatItStarted) {
  EXPECT_GE(resident_peak_of(::getpid()), resident_peak());
  const double alone = resident_peak_of(::getpid());
  ChildProcess shell({"/bin/sh", "-c", "echo begun >&3; sleep 60"});
  std::string said;
  while (said.empty()) shell.take_messages(said);
  EXPECT_GT(resident_peak_of(shell.id()), 100'000);
  EXPECT_GE(resident_peak_of(::getpid()), alone + 100'000);
}

TEST(ProcessMemory, OfAProcessThatIsGoneIsZero) {
  ChildProcess shell({"/bin/sh", "-c", "exit 0"});
  while (!shell.ended()) {
  }
  EXPECT_EQ(resident_peak_of(shell.id()), 0);
}

}  // namespace
}  // namespace rnnbench
