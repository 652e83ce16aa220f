#include "impls/eigen/support.hpp"

#include <gmock/gmock.h>

#include "harness/core/error.hpp"
#include "tests/impls/eigen/eigen_modules.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

std::string obstacle(const ModelSpec& model) { return eigen_obstacle(model, {}, Device::kCpu); }

TEST(EigenSupport, RunsTheFirstReportedModel) {
  const SampleModel sample = reported_models()[0];
  EXPECT_EQ(eigen_obstacle(sample.model, sample.training, Device::kCpu), "");
}

TEST(EigenSupport, SaysWhyNot) {
  EXPECT_EQ(eigen_obstacle(tiny_rnn(), {}, Device::kCuda),
            "the eigen engine runs on the cpu only, not on cuda");
  ModelSpec model = tiny_rnn();
  model.layers[0].cell = Cell::kLstm;
  EXPECT_EQ(obstacle(model), "the eigen engine runs rnn cells only, not lstm");
  model = tiny_rnn();
  model.layers[0].bidirectional = true;
  EXPECT_THAT(obstacle(model), HasSubstr("bidirectional"));
  model = tiny_rnn();
  model.layers[0].input_dropout = 0.1;
  EXPECT_THAT(obstacle(model), HasSubstr("input_dropout"));
  model = tiny_rnn();
  model.layers[0].recurrent_dropout = 0.1;
  EXPECT_THAT(obstacle(model), HasSubstr("recurrent_dropout"));
  model = tiny_rnn();
  model.embedding.mask_padding = true;
  EXPECT_THAT(obstacle(model), HasSubstr("mask_padding"));
  model = tiny_rnn();
  model.embedding.spatial_dropout = 0.1;
  EXPECT_THAT(obstacle(model), HasSubstr("spatial_dropout"));
  model = tiny_rnn();
  model.embedding.vectors = "given";
  EXPECT_THAT(obstacle(model), HasSubstr("word vectors"));
}

// Catches: an engine that runs another model than asked for; an exception that doesn't cross the module.
TEST(EigenSupport, TheModuleRefusesLikewise) {
  ModelSpec model = tiny_rnn();
  model.layers[0].cell = Cell::kGru;
  try {
    make_eigen(eigen_setup(model));
    ADD_FAILURE() << "made";
  } catch (const EngineError& error) {
    EXPECT_THAT(error.what(), HasSubstr("not gru"));
  }
}

}  // namespace
}  // namespace rnnbench
