#include "harness/core/run_parallel.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/support/little_room.hpp"

namespace rnnbench {
namespace {

TEST(RunParallel, CallsEachOnce) {
  std::array<std::atomic<int>, 5> calls{};
  run_parallel(calls.size(), [&](std::size_t i) { ++calls.at(i); });
  for (const auto& count : calls) EXPECT_EQ(count, 1);
  run_parallel(0, [](std::size_t) { ADD_FAILURE(); });
}

TEST(RunParallel, ThrowsTheFirstByNumberWhenAllAreDone) {
  std::atomic<int> done = 0;
  try {
    run_parallel(4, [&](std::size_t i) {
      ++done;
      if (i >= 2) throw std::runtime_error(std::to_string(i));
    });
    ADD_FAILURE();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "2");
  }
  EXPECT_EQ(done, 4);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// Catches: a program that ends because the system starts some of the threads and refuses the next.
TEST(RunParallel, CallsEachOnceWhereTheSystemRefusesThreads) {
  const LittleRoom room(100);
  std::array<std::atomic<int>, 1024> calls{};
  std::atomic<int> on_the_callers = 0;
  run_parallel(calls.size(), [&, caller = std::this_thread::get_id()](std::size_t i) {
    ++calls.at(i);
    if (std::this_thread::get_id() == caller) ++on_the_callers;
  });
  for (const auto& count : calls) EXPECT_EQ(count, 1);
  EXPECT_GT(on_the_callers, 0);
}
#endif

}  // namespace
}  // namespace rnnbench
