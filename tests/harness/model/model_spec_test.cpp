#include "harness/model/model_spec.hpp"

#include <gmock/gmock.h>

#include "tests/harness/model/read_spec.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

const Origins kOrigins{{"", "quick.toml:1"}, {"model.layers", "quick.toml:7"}};

ModelSpec read_model(const std::string& json) {
  return read_model_spec(SettingsReader(Json::parse(json), "model", kOrigins));
}

TEST(ModelSpec, ReadsTheExampleOfTheDesign) {
  const ModelSpec spec =
      read_model(R"({"embedding": {"size": 64}, "pooling": "mean", "dense": [], "head": "softmax",
                                  "layers": [{"cell": "rnn", "units": 64, "output_dropout": 0.3}]})");
  EXPECT_EQ(spec.embedding.size, 64);
  EXPECT_TRUE(spec.embedding.trainable);
  ASSERT_EQ(spec.layers.size(), 1U);
  EXPECT_EQ(spec.layers[0].units, 64);
  EXPECT_EQ(spec.layers[0].biases, 2);
  EXPECT_EQ(spec.layers[0].output_dropout, 0.3);
  EXPECT_EQ(spec.pooling, Pooling::kMean);
}

TEST(ModelSpec, ReadsEverySetting) {
  const ModelSpec spec = read_model(R"({
    "embedding": {"size": 3, "trainable": false, "zero_padding": true, "mask_padding": true,
                  "spatial_dropout": 0.25, "vectors": "given"},
    "layers": [{"cell": "gru", "units": 4, "bidirectional": true, "biases": 1, "reset_after": false,
                "input_dropout": 0.1, "recurrent_dropout": 0.2, "output_dropout": 0.3},
               {"cell": "rnn", "units": 5, "activation": "relu"}],
    "pooling": "last_valid", "dropout": 0.4, "head": "sigmoid", "initializers": "keras",
    "dense": [{"units": 6, "activation": "none", "dropout": 0.5}]})");
  EXPECT_FALSE(spec.embedding.trainable);
  EXPECT_TRUE(spec.embedding.zero_padding);
  EXPECT_TRUE(spec.embedding.mask_padding);
  EXPECT_EQ(spec.embedding.spatial_dropout, 0.25);
  EXPECT_EQ(spec.embedding.vectors, "given");
  EXPECT_EQ(spec.layers[0].cell, Cell::kGru);
  EXPECT_TRUE(spec.layers[0].bidirectional);
  EXPECT_FALSE(spec.layers[0].reset_after);
  EXPECT_EQ(spec.layers[0].input_dropout, 0.1);
  EXPECT_EQ(spec.layers[0].recurrent_dropout, 0.2);
  EXPECT_EQ(spec.layers[0].output_dropout, 0.3);
  EXPECT_EQ(spec.layers[1].activation, Activation::kRelu);
  EXPECT_EQ(spec.pooling, Pooling::kLastValid);
  EXPECT_EQ(spec.dropout, 0.4);
  EXPECT_EQ(spec.head, Head::kSigmoid);
  EXPECT_EQ(spec.initializers, Initializers::kKeras);
  EXPECT_EQ(spec.dense[0].units, 6);
  EXPECT_EQ(spec.dense[0].activation, Activation::kNone);
  EXPECT_EQ(spec.dense[0].dropout, 0.5);
}

TEST(ModelSpec, BiasesDefaultToTheInitialisersFramework) {
  const std::string rest = R"("embedding": {"size": 2}, "layers": [{"units": 2}]})";
  EXPECT_EQ(read_model(R"({"initializers": "pytorch", )" + rest).layers[0].biases, 2);
  EXPECT_EQ(read_model(R"({"initializers": "keras", )" + rest).layers[0].biases, 1);
}

TEST(ModelSpec, ReportedModelsRoundTripThroughJson) {
  for (const SampleModel& sample : reported_models()) {
    const Json json = to_json(sample.model);
    EXPECT_EQ(to_json(read_model(json.dump())).dump(), json.dump()) << sample;
  }
}

TEST(ModelSpec, RefusesWhatCannotBe) {
  const std::string embedding = R"("embedding": {"size": 2}, )";
  expect_refused(read_model, R"({"layers": [{"units": 2}]})", "model.embedding.size", "missing");
  expect_refused(read_model, "{" + embedding + R"("layers": []})", "quick.toml:7: model.layers",
                 "at least one layer");
  expect_refused(read_model, R"({"embedding": {"size": 2}})", "model.layers", "at least one layer");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 0}]})", "model.layers.0.units",
                 "1 to");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 2, "cell": "lstn"}]})",
                 "model.layers.0.cell", "did you mean 'lstm'");
  expect_refused(read_model,
                 "{" + embedding + R"("layers": [{"units": 2, "cell": "lstm", "activation": "relu"}]})",
                 "model.layers.0.activation", "rnn cells only");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 2, "activation": "none"}]})",
                 "model.layers.0.activation", "tanh or relu");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 2, "reset_after": true}]})",
                 "model.layers.0.reset_after", "gru cells only");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 2, "biases": 3}]})",
                 "model.layers.0.biases", "1 to 2");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 2, "output_dropout": 1}]})",
                 "model.layers.0.output_dropout", "0 to 0.999");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 2}], "poling": "last"})",
                 "model.poling", "did you mean 'pooling'");
  expect_refused(read_model, "{" + embedding + R"("layers": [{"units": 2}], "dense": [{"unit": 1}]})",
                 "model.dense.0.units", "missing");
}

TEST(ModelSpec, NamesItsCells) {
  ModelSpec spec = tiny_rnn();
  EXPECT_EQ(cells_of(spec), "rnn");
  spec.layers.push_back(spec.layers[0]);
  EXPECT_EQ(cells_of(spec), "rnn");
  spec.layers[0].cell = Cell::kLstm;
  EXPECT_EQ(cells_of(spec), "lstm+rnn");
  spec.layers[1].bidirectional = true;
  EXPECT_EQ(cells_of(spec), "lstm+bi-rnn");
}

}  // namespace
}  // namespace rnnbench
