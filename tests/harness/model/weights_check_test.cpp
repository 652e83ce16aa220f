#include "harness/model/weights_check.hpp"

#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

/// What is said of `weights` as those of a tiny RNN over 5 ids, without its beginning and end; "" if nothing.
std::string complaint(const Parameters& weights) {
  try {
    check_weights(weights, tiny_rnn(), 5, "w.safetensors");
  } catch (const EnvironmentError& error) {
    const std::string text = error.what();
    const std::string head = "w.safetensors: weights of another model: tensor ";
    EXPECT_EQ(text.substr(0, head.size()), head);
    return text.substr(head.size(), text.find(';') - head.size());
  }
  return "";
}

TEST(WeightsCheck, AcceptsTheWeightsOfTheModel) {
  EXPECT_EQ(complaint(initial_parameters(tiny_rnn(), 5, 1)), "");
}

TEST(WeightsCheck, NamesTheFirstTensorThatDiffersAndBothShapes) {
  ModelSpec wider = tiny_rnn();
  wider.layers[0].units = 6;
  EXPECT_EQ(complaint(initial_parameters(wider, 5, 1)),
            "'head.kernel' has shape [2, 6], the model needs [2, 4]");
  EXPECT_EQ(complaint(initial_parameters(tiny_rnn(), 7, 1)),
            "'embedding.weight' has shape [7, 3], the model needs [5, 3]");
}

TEST(WeightsCheck, NamesAMissingAndAnUnknownTensor) {
  ModelSpec other = tiny_rnn();
  other.layers[0].biases = 1;
  EXPECT_EQ(complaint(initial_parameters(other, 5, 1)),
            "'layers.0.recurrent_bias' is missing, the model needs [4]");
  other = tiny_rnn();
  other.dense = {{4, Activation::kRelu, 0}};
  EXPECT_EQ(complaint(initial_parameters(other, 5, 1)), "'dense.0.bias' [4] is unknown to the model");
}

}  // namespace
}  // namespace rnnbench
