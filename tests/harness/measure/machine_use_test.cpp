#include "harness/measure/machine_use.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

TEST(MachineUse, ReadsWhatTheSystemCounts) {
  const TemporaryFolder folder;
  folder.write("proc/stat", "cpu  100 0 50 800 10 0 0 40 7 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
  for (const auto& [zone, name] :
       {std::pair("intel-rapl:0", "package-0"), std::pair("intel-rapl:0:0", "core"),
        std::pair("intel-rapl:1", "psys"), std::pair("intel-rapl-mmio:0", "package-0")}) {
    folder.write("sys/class/powercap/" + std::string(zone) + "/name", name);
    folder.write("sys/class/powercap/" + std::string(zone) + "/energy_uj", "1");
    folder.write("sys/class/powercap/" + std::string(zone) + "/max_energy_range_uj", "9");
  }
  folder.write("sys/class/powercap/intel-rapl:0/energy_uj", "2500000\n");
  folder.write("sys/class/powercap/intel-rapl:0/max_energy_range_uj", "9000000\n");
  folder.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "2000000\n");
  folder.write("sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "3000000\n");
  const MachineReading reading = read_machine(folder.path());
  EXPECT_EQ(reading.steal_ticks, 40);
  EXPECT_EQ(reading.all_ticks, 1000) << "guests' time is in the users' already";
  EXPECT_EQ(reading.energy_joules, std::vector<double>{2.5}) << "of the package once";
  EXPECT_EQ(reading.energy_ranges, std::vector<double>{9});
  EXPECT_EQ(reading.frequency_hz, 2.5e9);
}

TEST(MachineUse, ReadsFrequenciesFromTheProcessorsListToo) {
  const TemporaryFolder folder;
  folder.write("proc/cpuinfo", "processor : 0\ncpu MHz\t\t: 2400.5\n\nprocessor : 1\ncpu MHz : 2500.5\n");
  EXPECT_EQ(read_machine(folder.path()).frequency_hz, 2450.5e6);
}

TEST(MachineUse, KnowsNothingWhereTheSystemSaysNothing) {
  const TemporaryFolder folder;
  folder.write("proc/stat", "cpu nonsense\n");
  const MachineReading reading = read_machine(folder.path());
  EXPECT_FALSE(reading.steal_ticks);
  EXPECT_FALSE(reading.frequency_hz);
  EXPECT_TRUE(reading.energy_joules.empty());
  const MachineUse use = use_between(reading, reading);
  EXPECT_FALSE(use.steal);
  EXPECT_FALSE(use.joules);
  EXPECT_FALSE(use.frequency_hz);
}

TEST(MachineUse, IsTheDifferenceOfTwoReadings) {
  const MachineReading before{.steal_ticks = 10,
                              .all_ticks = 100,
                              .energy_joules = {2, 8.5},
                              .energy_ranges = {9, 9},
                              .frequency_hz = 2e9,
                              .suspended_seconds = 3};
  const MachineReading after{.steal_ticks = 15,
                             .all_ticks = 200,
                             .energy_joules = {4, 1},
                             .energy_ranges = {9, 9},
                             .frequency_hz = 3e9,
                             .suspended_seconds = 63};
  const MachineUse use = use_between(before, after);
  EXPECT_DOUBLE_EQ(*use.steal, 0.05);
  EXPECT_DOUBLE_EQ(*use.joules, 2 + 1.5) << "a counter that began again";
  EXPECT_DOUBLE_EQ(*use.frequency_hz, 2.5e9);
  EXPECT_DOUBLE_EQ(use.suspended_seconds, 60);
  MachineReading awake = before;
  awake.suspended_seconds = 3.000001;
  EXPECT_EQ(use_between(before, awake).suspended_seconds, 0) << "what two clocks are read apart";
}

TEST(ResidentPeak, IsTheProcessesHighWaterMark) {
  const TemporaryFolder folder;
  folder.write("proc/self/status", "VmPeak:\t 9 kB\nVmHWM:\t   2048 kB\n");
  EXPECT_EQ(resident_peak(folder.path()), 2048 * 1024);
  EXPECT_EQ(resident_peak(folder.path() / "none"), 0);
  const double before = resident_peak();
  const std::vector<char> touched(64 << 20, 'x');
  EXPECT_GE(resident_peak(), before);
  EXPECT_GE(resident_peak(), 64 << 20) << touched.back();
}

}  // namespace
}  // namespace rnnbench
