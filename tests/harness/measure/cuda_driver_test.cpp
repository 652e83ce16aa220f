#include "harness/measure/cuda_driver.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

// Lines as both kinds of kernel module write them.
TEST(CudaDriver, ReadsTheVersionOfBothKernelModules) {
  EXPECT_EQ(driver_version_in("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 2023\n"
                              "GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n"),
            "535.104.05");
  EXPECT_EQ(driver_version_in("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release "
                              "Build  (root@host)  Sun Jul 27 07:01:28 UTC 2025\n"),
            "580.65.06");
  EXPECT_EQ(driver_version_in(""), "");
  EXPECT_EQ(driver_version_in("no version of anything."), "");
}

TEST(CudaDriver, GivesGpusOrTheReason) {
  const CudaDriver& driver = cuda_driver();
  EXPECT_NE(driver.obstacle.empty(), driver.gpus.empty());
}

}  // namespace
}  // namespace rnnbench
