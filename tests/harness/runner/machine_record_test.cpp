#include "harness/runner/machine_record.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstring>
#include <fstream>
#include <map>
#include <string>

namespace rnnbench {
namespace {

std::map<std::string, double> metrics_of(const MachineRecord& record) {
  std::vector<MetricRecord> metrics;
  record.add_to(metrics, 4);
  std::map<std::string, double> found;
  for (const MetricRecord& metric : metrics) {
    EXPECT_EQ(metric.epoch, 4);
    found[metric.name + " " + metric.unit] = metric.value;
  }
  return found;
}

TEST(MachineRecord, IsWhatHappenedSinceItBegan) {
  MachineReading now{
      .steal_ticks = 10, .all_ticks = 100, .energy_joules = {1}, .energy_ranges = {9}, .frequency_hz = 2e9};
  const MachineRecord record([&] { return now; });
  now.steal_ticks = 35;
  now.all_ticks = 200;
  now.energy_joules = {3};
  now.suspended_seconds = 60;
  auto metrics = metrics_of(record);
  EXPECT_GT(metrics.at("memory_peak bytes"), 0);
  metrics.erase("memory_peak bytes");
  EXPECT_EQ(metrics, (std::map<std::string, double>{{"steal fraction", 0.25},
                                                    {"energy joules", 2},
                                                    {"frequency hertz", 2e9},
                                                    {"suspended seconds", 60}}));
}

TEST(MachineRecord, OfNobodyWhoReadsIsNothing) { EXPECT_TRUE(metrics_of(MachineRecord({})).empty()); }

// Catches: a worker's earlier, larger runs counted to a later one.
TEST(MachineRecord, MemoryPeakIsOfThisRunAlone) {
  if (!std::ofstream("/proc/self/clear_refs")) GTEST_SKIP() << "the system doesn't let a peak begin anew";
  constexpr std::size_t kBytes = 200 << 20;  // mapped, so that no allocator keeps them
  void* earlier = ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(earlier, MAP_FAILED);
  std::memset(earlier, 'x', kBytes);
  ::munmap(earlier, kBytes);
  const MachineRecord record([] { return MachineReading{}; });
  EXPECT_LT(metrics_of(record).at("memory_peak bytes"), 200 << 20);
}

}  // namespace
}  // namespace rnnbench
