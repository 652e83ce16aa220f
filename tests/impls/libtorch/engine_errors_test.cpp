#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

#include "harness/core/error.hpp"
#include "impls/libtorch/support.hpp"
#include "impls/registry/module_loader.hpp"
#include "tests/impls/libtorch/tiny_engine.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const EngineError& error) {  // made in the module: its type must be known here
    return error.what();
  }
  return "nothing was thrown";
}

TEST(LibtorchErrors, ErrorsCrossTheModuleEdgeInOneLine) {
  const auto engine = started_engine("libtorch", tiny_setup());
  Parameters state = engine->state();
  state["head.bias"].shape = {3};
  EXPECT_THAT(refusal([&] { engine->set_state(state); }), HasSubstr("head.bias has shape [3]"));

  EngineSetup endless = tiny_setup();
  endless.model.embedding.size = 1 << 16;
  endless.vocabulary =
      std::numeric_limits<int>::max();  // no memory for 500 TB: LibTorch throws one of its own
  const std::string message = refusal([&] { make_engine("libtorch", endless); });
  EXPECT_THAT(message, HasSubstr("libtorch: "));
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

TEST(LibtorchErrors, CudaWithoutItsLibraryIsAnEngineError) {
  EngineSetup setup = tiny_setup();
  setup.device = Device::kCuda;
  if (std::filesystem::exists(libtorch_folder() / "libtorch_cuda.so")) {
    GTEST_SKIP() << "this LibTorch has its CUDA library";
  }
  const MakeEngine make = load_module(find_module("rnnbench_engine_libtorch.so"));
  EXPECT_THAT(refusal([&] { make(setup); }), HasSubstr("libtorch_cuda.so"));
}

TEST(LibtorchErrors, ABatchOutsideOfTheModelIsRefused) {
  const auto engine = started_engine("libtorch", tiny_setup());
  SampleBatch batch = sample_batch(2, kTime, kVocabulary, 15);
  batch.ids[3] = kVocabulary;
  const auto expect_refused = [&](const std::string& reason) {
    EXPECT_THAT(refusal([&] { train(*engine, batch, 1); }), HasSubstr(reason));
    EXPECT_THAT(refusal([&] { predictions(*engine, batch); }), HasSubstr(reason));
    EXPECT_THAT(refusal([&] { engine->gradients(batch.view(), std::nullopt); }), HasSubstr(reason));
    EXPECT_THAT(refusal([&] { engine->activations(batch.view()); }), HasSubstr(reason));
  };
  expect_refused("libtorch engine: id 12");
  batch.ids.pop_back();
  expect_refused("11 ids");
}

}  // namespace
}  // namespace rnnbench
