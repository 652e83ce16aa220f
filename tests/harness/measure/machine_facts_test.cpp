#include "harness/measure/machine_facts.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

TEST(MachineFacts, ReadTheFrequencyPolicy) {
  const TemporaryFolder root;
  root.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
  root.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", "intel_pstate\n");
  root.write("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
  root.write("sys/devices/system/cpu/smt/control", "off\n");
  root.write("sys/devices/system/node/online", "0-1\n");
  EXPECT_EQ(processor_policy(root.path()),
            Json::parse(R"({"governor": "performance", "driver": "intel_pstate", "boost": "off", "smt": "off",
                            "numa": "0-1"})"));
  root.write("sys/devices/system/cpu/cpufreq/boost", "1\n");
  EXPECT_EQ(processor_policy(root.path()).at("boost"), "on");
}

TEST(MachineFacts, SayNothingWhereTheSystemSaysNothing) {
  const TemporaryFolder root;
  EXPECT_EQ(processor_policy(root.path()),
            Json::parse(R"({"governor": "", "driver": "", "boost": "", "smt": "", "numa": ""})"));
  EXPECT_EQ(container(root.path()), Json::parse(R"({"kind": "", "cpu": ""})"));
  EXPECT_EQ(allowed_processors_text(root.path()), "");
}

TEST(MachineFacts, KnowContainersAndTheirShareOfTheProcessors) {
  const TemporaryFolder two;
  two.write(".dockerenv", "");
  two.write("proc/self/cgroup", "0::/slice/one\n");
  two.write("sys/fs/cgroup/slice/one/cpu.max", "150000 100000\n");
  EXPECT_EQ(container(two.path()), Json::parse(R"({"kind": "docker", "cpu": "150000 100000"})"));
}

TEST(MachineFacts, ReadTheFirstVersionOfControlGroups) {
  const TemporaryFolder one;
  one.write("run/.containerenv", "");
  one.write("proc/self/cgroup", "5:memory:/a\n4:cpu,cpuacct:/a\n");
  one.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  one.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(container(one.path()), Json::parse(R"({"kind": "podman", "cpu": "-1 100000"})"));
}

// Catches: a secret that gets into a database that is shared.
TEST(MachineFacts, TakeNoOtherVariables) {
  const std::string long_value = "MKL_LONG=" + std::string(5000, 'x');
  const char* const variables[] = {"OMP_NUM_THREADS=4",
                                   "KMP_AFFINITY=a=b",
                                   "API_TOKEN=secret",
                                   "AN_OMP_KEY=secret",
                                   "LD_PRELOAD=",
                                   "LD_PRELOAD_KEY=secret",
                                   "broken",
                                   long_value.c_str(),
                                   nullptr};
  const Json found = relevant_variables(variables);
  EXPECT_EQ(found.at("OMP_NUM_THREADS"), "4");
  EXPECT_EQ(found.at("KMP_AFFINITY"), "a=b");
  EXPECT_EQ(found.at("LD_PRELOAD"), "");
  EXPECT_EQ(found.at("MKL_LONG").get<std::string>().size(), 1000U);
  EXPECT_EQ(found.size(), 4U);
}

TEST(MachineFacts, NameTheProcessorsOfThisProcess) { EXPECT_NE(allowed_processors_text(), ""); }

}  // namespace
}  // namespace rnnbench
