#include "harness/measure/latencies.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

void expect_some(const Spread& spread) {
  EXPECT_GE(spread.samples, 3U);
  EXPECT_GT(spread.median_ns, 0);
  EXPECT_LE(spread.median_ns, spread.p99_ns);
  EXPECT_LE(spread.p99_ns, spread.max_ns);
}

TEST(Latencies, OfThreadsAndProcesses) {
  expect_some(thread_start_latency(0.005));
  expect_some(wake_up_latency(0.005));
  expect_some(process_start_latency(0.005));
}

TEST(Latencies, AreNotKnownOfAProgramThatIsNotThereOrFails) {
  EXPECT_EQ(process_start_latency(0.005, "/no/such/program").samples, 0U);
  EXPECT_EQ(process_start_latency(0.005, "false").samples, 0U);
}

}  // namespace
}  // namespace rnnbench
