#include "impls/registry/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

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

TEST(Registry, NamesItsEngines) {
  EXPECT_THAT(engine_names(), ElementsAre("libtorch", "eigen", "fused", "fused_bf16"));
}

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

// Catches: matrices taken for transposed ones.
TEST(Registry, ProductsOfTheEnginesLibrariesAreProducts) {
  constexpr int kSize = 37;
  std::vector<float> a(kSize * kSize), b(kSize * kSize);
  for (int i = 0; i < kSize * kSize; ++i) {
    a[static_cast<std::size_t>(i)] = static_cast<float>(i % 7 - 3);
    b[static_cast<std::size_t>(i)] = static_cast<float>(i % 5 - 1);
  }
  std::vector<float> expected(kSize * kSize, 0);  // small whole numbers: exact in any order
  for (int i = 0; i < kSize; ++i) {
    for (int k = 0; k < kSize; ++k) {
      for (int j = 0; j < kSize; ++j) {
        expected[static_cast<std::size_t>(i * kSize + j)] +=
            a[static_cast<std::size_t>(i * kSize + k)] * b[static_cast<std::size_t>(k * kSize + j)];
      }
    }
  }
  for (const std::string& engine : engine_names()) {
    if (engine == "fused_bf16") continue;  // whose products of this kind are those of fused
#ifndef RNNBENCH_HAS_LIBTORCH
    if (engine == "libtorch") continue;
#endif
    const std::vector<LibraryProduct> products = library_products(engine);
    EXPECT_THAT(products, testing::Not(IsEmpty())) << engine;
    for (const LibraryProduct& product : products) {
      EXPECT_THAT(product.name, testing::MatchesRegex(engine + "(_avx512|_avx2|_baseline)?"));
      std::vector<float> c(kSize * kSize, -1);
      product.multiply(a.data(), b.data(), c.data(), kSize);
      EXPECT_EQ(c, expected) << product.name;
    }
  }
  EXPECT_THROW(library_products("eign"), ConfigError);
}

TEST(Registry, AnEngineLeavesOnlyShortcutsThatItHas) {
  EXPECT_THAT(engine_shortcuts("eigen"), IsEmpty());
  EXPECT_THAT(engine_shortcuts("fused"), testing::Contains("words"));
  EXPECT_THROW(engine_shortcuts("eign"), ConfigError);
  EngineSetup setup{.model = tiny_rnn(), .training = {}, .vocabulary = 9, .length = 4, .without = {"words"}};
  EXPECT_THAT(make_engine("fused", setup)->describe(), testing::HasSubstr(R"("without":["words"])"));
  EXPECT_THROW(make_engine("eigen", setup), EngineError);
  setup.without = {"wrods"};
  EXPECT_THROW(make_engine("fused", setup), EngineError);
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
