#include "impls/registry/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/measure/cuda_driver.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string message_of_unknown(const std::string& engine) {
  try {
    engine_obstacle(engine, tiny_rnn(), {}, Device::kCpu);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Registry, NamesItsEngines) { EXPECT_THAT(engine_names(), ElementsAre("libtorch", "eigen")); }

TEST(Registry, EigenRunsWhatItsSupportSaysOnTheCpu) {
  ModelSpec model = tiny_rnn();
  EXPECT_THAT(engine_obstacle("eigen", model, {}, Device::kCpu), IsEmpty());
  EXPECT_THAT(engine_obstacle("eigen", model, {}, Device::kCuda),
              HasSubstr("the eigen engine runs on cpu only"));
}

TEST(Registry, MakesAnEngineOfTheModuleForThisProcessor) {
  const auto engine = make_engine("eigen", {tiny_rnn(), {}, 10, 5, Device::kCpu, 1});
  EXPECT_THAT(engine->describe(), HasSubstr("eigen"));
}

TEST(Registry, NamesTheModuleForThisProcessor) {
  EXPECT_THAT(module_file("eigen"), testing::MatchesRegex("rnnbench_engine_eigen_.*[.]so"));
  EXPECT_THROW(module_file("eign"), ConfigError);
}

TEST(Registry, TheDevicesObstacleIsTheEnginesOwnBeforeTheMachines) {
  EXPECT_THAT(device_obstacle("eigen", Device::kCuda), HasSubstr("the eigen engine runs on cpu only"));
  EXPECT_THAT(device_obstacle("libtorch", Device::kCpu), IsEmpty());
  if (cuda_driver().obstacle.empty()) GTEST_SKIP() << "this machine has a GPU";
  EXPECT_EQ(device_obstacle("libtorch", Device::kCuda), cuda_driver().obstacle);
}

TEST(Registry, AnUnknownEngineIsAConfigErrorWithTheNearestName) {
  EXPECT_THAT(message_of_unknown("libtroch"), HasSubstr("did you mean 'libtorch'?"));
}

TEST(Registry, CudaObstacleIsTheMachinesBeforeTheModels) {
  if (cuda_driver().obstacle.empty()) GTEST_SKIP() << "this machine has a GPU";
  EXPECT_EQ(engine_obstacle("libtorch", tiny_rnn(), {}, Device::kCuda), cuda_driver().obstacle);
}

#ifdef RNNBENCH_HAS_LIBTORCH
TEST(Registry, LibtorchRunsWhatItsSupportSays) {
  ModelSpec model = tiny_rnn();
  EXPECT_THAT(engine_obstacle("libtorch", model, {}, Device::kCpu), IsEmpty());
  TrainingSpec training;
  training.optimizer.decay = 0.1;
  EXPECT_THAT(engine_obstacle("libtorch", model, training, Device::kCpu), HasSubstr("decay"));
  EXPECT_THROW(make_engine("libtorch", {model, training, 10, 5, Device::kCpu, 1}), EngineError);
}
#else
TEST(Registry, SaysThatTheBuildHasNoLibtorch) {
  EXPECT_THAT(engine_obstacle("libtorch", tiny_rnn(), {}, Device::kCpu), HasSubstr("no LibTorch"));
}
#endif

}  // namespace
}  // namespace rnnbench
