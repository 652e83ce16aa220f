#include "impls/libtorch/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string obstacle(const ModelSpec& model, const TrainingSpec& training = {}) {
  return libtorch_obstacle(model, training, Device::kCpu);
}

TEST(LibtorchSupport, RunsEveryPublishedModel) {
  for (const SampleModel& sample : reported_models()) {
    EXPECT_THAT(obstacle(sample.model, sample.training), IsEmpty()) << sample;
  }
}

TEST(LibtorchSupport, RunsEveryOptimizerInBothForms) {
  for (const OptimizerKind kind :
       {OptimizerKind::kSgd, OptimizerKind::kRmsprop, OptimizerKind::kAdam, OptimizerKind::kAdamW}) {
    TrainingSpec training;
    training.optimizer.kind = kind;
    training.optimizer.form = UpdateForm::kKeras;
    EXPECT_THAT(obstacle(tiny_rnn(), training), IsEmpty()) << name_of(kind);
  }
}

TEST(LibtorchSupport, RefusesDecaysThatTheOptimizerWouldIgnore) {
  TrainingSpec training;
  training.optimizer.decay = 0.1;
  EXPECT_THAT(obstacle(tiny_rnn(), training), HasSubstr("decay"));
  training.optimizer = {};
  training.optimizer.kind = OptimizerKind::kAdamW;
  training.optimizer.l2 = 0.1;
  EXPECT_THAT(obstacle(tiny_rnn(), training), HasSubstr("l2"));
}

}  // namespace
}  // namespace rnnbench
