// Catches: a CUDA trial held to the host's memory or to none, a CPU trial held to the GPU's, GiB taken for
// bytes.
#include "harness/cli/device_memory.hpp"

#include <gmock/gmock.h>

#include "harness/model/memory_need.hpp"
#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr double kGib = 1 << 30;

TrialSpec large_trial(Device device) {
  TrialSpec trial = tiny_trial(1);
  trial.device = device;
  trial.model.layers[0].units = 1000;
  trial.recipe.vocabulary = 1000;
  trial.recipe.length = 1000;
  trial.training.batch = 1000;
  return trial;
}

double need_in_gib() {
  const TrialSpec trial = large_trial(Device::kCuda);
  return memory_need(trial.model, trial.training.optimizer, {1000, trial.training.batch, 1000}).total() /
         kGib;
}

CudaDriver driver_with(double memory_gib) {
  CudaDriver driver;
  driver.gpus = {{"Painted GPU", memory_gib, "9.1"}};
  return driver;
}

TEST(DeviceMemory, OfAGpuIsItsOwn) {
  const TrialSpec trial = large_trial(Device::kCuda);
  EXPECT_THAT(device_memory_obstacle(trial, 1000 * kGib, driver_with(3)),
              HasSubstr("needs about 11.2 GiB to train, the GPU (Painted GPU) has 3.0 GiB; make"));
  EXPECT_THAT(device_memory_obstacle(trial, 1, driver_with(need_in_gib() + 0.01)), IsEmpty());
  EXPECT_THAT(device_memory_obstacle(trial, 1, driver_with(need_in_gib() - 0.01)), HasSubstr("GPU"));
}

TEST(DeviceMemory, OfTheCpuIsTheHosts) {
  const TrialSpec trial = large_trial(Device::kCpu);
  EXPECT_THAT(device_memory_obstacle(trial, 1000 * kGib, driver_with(3)), IsEmpty());
  EXPECT_THAT(device_memory_obstacle(trial, 4 * kGib, driver_with(1000)),
              HasSubstr("this machine has 4.0 GiB"));
}

TEST(DeviceMemory, ThatIsNotKnownIsInNothingsWay) {
  EXPECT_THAT(device_memory_obstacle(large_trial(Device::kCuda), 1, driver_with(0)), IsEmpty());
  EXPECT_THAT(device_memory_obstacle(large_trial(Device::kCuda), 1, {}), IsEmpty());
}

}  // namespace
}  // namespace rnnbench
