#include "harness/measure/process_memory.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/core/child_process.hpp"
#include "harness/measure/machine_use.hpp"

namespace rnnbench {
namespace {

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
