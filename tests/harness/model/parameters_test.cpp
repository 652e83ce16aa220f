#include "harness/model/parameters.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "harness/core/error.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::Each;
using testing::ElementsAre;
using Shape = std::vector<std::int64_t>;

SampleModel reported(int number) { return reported_models()[static_cast<std::size_t>(number - 1)]; }

// The counts that the write-ups print.
TEST(Parameters, CountsArePublishedOnes) {
  EXPECT_EQ(parameter_count(reported(2).model, 5000), 197185);
  EXPECT_EQ(parameter_count(reported(3).model, 5000), 293953);
  EXPECT_EQ(parameter_count(reported(4).model, 20000), 2605421);
}

TEST(Parameters, ShapesFollowTheLayers) {
  ModelSpec spec = tiny_rnn();
  spec.layers[0].cell = Cell::kGru;
  spec.layers[0].bidirectional = true;
  spec.layers.push_back({});
  spec.layers[1].units = 5;
  spec.layers[1].biases = 1;
  spec.dense = {{6, Activation::kRelu, 0}};
  EXPECT_EQ(parameter_shapes(spec, 9),
            (std::map<std::string, Shape>{{"embedding.weight", {9, 3}},
                                          {"layers.0.input_kernel", {12, 3}},
                                          {"layers.0.recurrent_kernel", {12, 4}},
                                          {"layers.0.input_bias", {12}},
                                          {"layers.0.recurrent_bias", {12}},
                                          {"layers.0.backward.input_kernel", {12, 3}},
                                          {"layers.0.backward.recurrent_kernel", {12, 4}},
                                          {"layers.0.backward.input_bias", {12}},
                                          {"layers.0.backward.recurrent_bias", {12}},
                                          {"layers.1.input_kernel", {5, 8}},
                                          {"layers.1.recurrent_kernel", {5, 5}},
                                          {"layers.1.input_bias", {5}},
                                          {"dense.0.kernel", {6, 5}},
                                          {"dense.0.bias", {6}},
                                          {"head.kernel", {2, 6}},
                                          {"head.bias", {2}}}));
}

TEST(Parameters, InitialOnesHaveTheirShapes) {
  for (SampleModel sample : reported_models()) {
    sample.model.embedding.vectors.clear();
    const Parameters parameters = initial_parameters(sample.model, 50, 1);
    const auto shapes = parameter_shapes(sample.model, 50);
    ASSERT_EQ(parameters.size(), shapes.size()) << sample;
    for (const auto& [name, tensor] : parameters) {
      EXPECT_EQ(tensor.shape, shapes.at(name)) << sample << " " << name;
      EXPECT_EQ(element_count(tensor.shape), static_cast<std::int64_t>(tensor.values.size())) << name;
    }
  }
}

// Computed apart from this code, from Philox, FNV-1a and Box and Muller. Catches: any change that would move
// a run's starting point unnoticed.
TEST(Parameters, StartingPointsNeverMove) {
  const Parameters pytorch = initial_parameters(tiny_rnn(), 5, 1);
  const auto first = [](const Tensor& tensor) { return tensor.values.front(); };
  EXPECT_FLOAT_EQ(first(pytorch.at("embedding.weight")), 0.68064034F);
  EXPECT_FLOAT_EQ(first(pytorch.at("layers.0.recurrent_kernel")), -0.1265761F);
  EXPECT_FLOAT_EQ(first(pytorch.at("head.bias")), -0.22349542F);
  ModelSpec spec = tiny_rnn();
  spec.initializers = Initializers::kKeras;
  const Parameters keras = initial_parameters(spec, 5, 1);
  EXPECT_FLOAT_EQ(first(keras.at("embedding.weight")), 0.035150439F);
  EXPECT_FLOAT_EQ(first(keras.at("layers.0.recurrent_kernel")), -0.31198627F);
}

TEST(Parameters, PytorchBoundsAreOneOverTheRootOfUnitsOrFeatures) {
  const SampleModel sample = reported(1);
  const Parameters parameters = initial_parameters(sample.model, 100, 3);
  for (const char* name : {"layers.0.input_kernel", "layers.0.recurrent_kernel", "layers.0.input_bias",
                           "layers.0.recurrent_bias", "head.kernel", "head.bias"}) {
    const std::vector<double>& values = parameters.at(name).values;
    const float most = *std::max_element(values.begin(), values.end());
    EXPECT_LE(most, 1.0F / 8) << name;
    if (values.size() > 50) {
      EXPECT_GT(most, 0.9F / 8) << name;
    }
  }
}

TEST(Parameters, KerasLstmStartsWithForgetBiasOne) {
  const Parameters parameters = initial_parameters(reported(4).model, 100, 3);
  const std::vector<double>& bias = parameters.at("layers.0.input_bias").values;
  for (std::size_t i = 0; i < bias.size(); ++i) EXPECT_EQ(bias[i], i / 60 == 1 ? 1 : 0) << i;
  EXPECT_THAT(parameters.at("head.bias").values, ElementsAre(0));
}

// Catches: one stream for all tensors, so that a wider layer would move every later tensor.
TEST(Parameters, OfOneTensorDoNotDependOnTheOthers) {
  ModelSpec wide = tiny_rnn();
  wide.layers.push_back(wide.layers[0]);
  const Parameters narrow = initial_parameters(tiny_rnn(), 5, 1);
  const Parameters deep = initial_parameters(wide, 7, 1);
  EXPECT_EQ(narrow.at("layers.0.input_kernel").values, deep.at("layers.0.input_kernel").values);
  EXPECT_EQ(narrow.at("head.kernel").values, deep.at("head.kernel").values);
  EXPECT_NE(deep.at("layers.0.recurrent_kernel").values, deep.at("layers.1.recurrent_kernel").values);
}

TEST(Parameters, SeedDecidesThem) {
  EXPECT_TRUE(identical(initial_parameters(tiny_rnn(), 5, 1), initial_parameters(tiny_rnn(), 5, 1)));
  EXPECT_FALSE(identical(initial_parameters(tiny_rnn(), 5, 1), initial_parameters(tiny_rnn(), 5, 2)));
}

TEST(Parameters, ZeroPaddingZeroesRowZeroOnly) {
  ModelSpec spec = tiny_rnn();
  const std::vector<double> plain = initial_parameters(spec, 5, 1).at("embedding.weight").values;
  spec.embedding.zero_padding = true;
  const std::vector<double> padded = initial_parameters(spec, 5, 1).at("embedding.weight").values;
  EXPECT_THAT(std::vector(padded.begin(), padded.begin() + 3), Each(0));
  EXPECT_EQ(std::vector(padded.begin() + 3, padded.end()), std::vector(plain.begin() + 3, plain.end()));
}

TEST(Parameters, GivenVectorsAreTheEmbeddingAndNothingElseMoves) {
  ModelSpec spec = tiny_rnn();
  Parameters expected = initial_parameters(spec, 3, 1);
  spec.embedding.vectors = "given";
  const std::vector<float> vectors = {1, 2, 3, 0, 0, 0, 7, 8, 9};
  expected["embedding.weight"].values = {vectors.begin(), vectors.end()};
  EXPECT_TRUE(identical(initial_parameters(spec, 3, 1, vectors), expected));
  spec.embedding.zero_padding = true;
  EXPECT_THAT(initial_parameters(spec, 3, 1, vectors).at("embedding.weight").values,
              ElementsAre(0, 0, 0, 0, 0, 0, 7, 8, 9));
}

TEST(Parameters, GivenVectorsAreNotSilentlyRandom) {
  EXPECT_THROW(initial_parameters(reported(5).model, 50, 1), ConfigError);
  ModelSpec spec = tiny_rnn();
  const std::vector<float> vectors(9);
  EXPECT_THROW(initial_parameters(spec, 3, 1, vectors), ConfigError) << "nobody asked for them";
  spec.embedding.vectors = "given";
  EXPECT_THROW(initial_parameters(spec, 4, 1, vectors), ConfigError);
}

}  // namespace
}  // namespace rnnbench
