#include "impls/eigen/support.hpp"

#include <gmock/gmock.h>

#include "harness/core/error.hpp"
#include "tests/impls/eigen/eigen_modules.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

TEST(EigenSupport, RunsEveryReportedModel) {
  for (const SampleModel& sample : reported_models()) {
    EXPECT_EQ(eigen_obstacle(sample.model, sample.training, Device::kCpu), "") << sample.name;
  }
}

TEST(EigenSupport, RunsOnTheCpuOnly) {
  EXPECT_EQ(eigen_obstacle(tiny_rnn(), {}, Device::kCuda),
            "the eigen engine runs on the cpu only, not on cuda");
}

// Catches: an exception that doesn't cross the module.
TEST(EigenSupport, TheModuleRefusesLikewise) {
  EngineSetup setup = eigen_setup(tiny_rnn());
  setup.device = Device::kCuda;
  EXPECT_THAT(message_of<EngineError>([&] { make_eigen(setup); }), HasSubstr("not on cuda"));
}

}  // namespace
}  // namespace rnnbench
