#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

TrainingSpec adam(double learning_rate, double epsilon, int batch, int epochs) {
  TrainingSpec training;
  training.optimizer.learning_rate = learning_rate;
  training.optimizer.epsilon = epsilon;
  training.batch = batch;
  training.epochs = epochs;
  return training;
}

ModelSpec keras_model(int embedding_size, std::vector<LayerSpec> layers) {
  ModelSpec model;
  model.embedding.size = embedding_size;
  model.layers = std::move(layers);
  for (LayerSpec& layer : model.layers) layer.biases = 1;
  model.head = Head::kSigmoid;
  model.initializers = Initializers::kKeras;
  return model;
}

LayerSpec layer(Cell cell, int units) {
  LayerSpec layer;
  layer.cell = cell;
  layer.units = units;
  return layer;
}

SampleModel pytorch_rnn_meanpool() {
  SampleModel sample{"m1", 20000, 200, {}, adam(5e-4, 1e-8, 32, 4)};
  sample.model.embedding.size = 64;
  sample.model.layers = {layer(Cell::kRnn, 64)};
  sample.model.layers[0].output_dropout = 0.3;
  sample.model.pooling = Pooling::kMean;
  sample.training.optimizer.l2 = 1e-4;
  return sample;
}

SampleModel keras_simplernn_2layer() {
  SampleModel sample{"m2", 5000, 132, keras_model(32, {layer(Cell::kRnn, 128), layer(Cell::kRnn, 64)}),
                     adam(1e-3, 1e-7, 512, 10)};
  sample.model.embedding.mask_padding = true;
  for (LayerSpec& one : sample.model.layers) one.input_dropout = one.recurrent_dropout = 0.1;
  sample.model.dense = {{64, Activation::kRelu, 0}};
  return sample;
}

SampleModel keras_lstm_2layer() {
  SampleModel sample{"m3", 5000, 132, keras_model(32, {layer(Cell::kLstm, 128), layer(Cell::kLstm, 64)}),
                     adam(1e-3, 1e-7, 512, 10)};
  sample.model.embedding.mask_padding = true;
  for (LayerSpec& one : sample.model.layers) one.input_dropout = 0.1;
  sample.model.dense = {{32, Activation::kRelu, 0}};
  return sample;
}

SampleModel keras_lstm60() {
  return {"m4", 20000, 100, keras_model(128, {layer(Cell::kLstm, 60)}), adam(1e-3, 1e-7, 128, 5)};
}

SampleModel keras_bilstm_word2vec() {
  SampleModel sample{"m5", 45000, 280, keras_model(300, {layer(Cell::kLstm, 256)}), adam(1e-4, 1e-7, 64, 20)};
  sample.model.embedding.vectors = "word2vec-google-news";
  sample.model.embedding.spatial_dropout = 0.35;
  sample.model.layers[0].bidirectional = true;
  sample.model.layers[0].input_dropout = 0.3;
  sample.model.pooling = Pooling::kMax;
  sample.model.dropout = 0.6;
  sample.model.head = Head::kSoftmax;
  sample.training.optimizer.kind = OptimizerKind::kAdamW;
  sample.training.optimizer.decay = 5e-4;
  return sample;
}

SampleModel pytorch_lstm_stemmed() {
  SampleModel sample{"m6", 5000, 500, {}, adam(1e-3, 1e-8, 512, 10)};
  sample.model.embedding.size = 32;
  sample.model.embedding.zero_padding = true;
  sample.model.layers = {layer(Cell::kLstm, 200)};
  sample.model.pooling = Pooling::kLastValid;
  sample.model.head = Head::kSigmoid;
  return sample;
}

}  // namespace

std::vector<SampleModel> reported_models() {
  return {pytorch_rnn_meanpool(), keras_simplernn_2layer(), keras_lstm_2layer(),
          keras_lstm60(),         keras_bilstm_word2vec(),  pytorch_lstm_stemmed()};
}

ModelSpec tiny_rnn() {
  ModelSpec model;
  model.embedding.size = 3;
  model.layers = {layer(Cell::kRnn, 4)};
  return model;
}

std::ostream& operator<<(std::ostream& out, const SampleModel& sample) { return out << sample.name; }

}  // namespace rnnbench
