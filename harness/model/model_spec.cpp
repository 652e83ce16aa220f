#include "harness/model/model_spec.hpp"

#include <utility>

#include "harness/core/cell_names.hpp"
#include "harness/model/names.hpp"

namespace rnnbench {
namespace {

constexpr long kMostUnits = 1 << 16;
constexpr double kHighestDropout = 0.999;

double read_dropout(SettingsReader& reader, const std::string& key) {
  return reader.number_or(key, 0, kHighestDropout, 0);
}

EmbeddingSpec read_embedding(SettingsReader reader) {
  EmbeddingSpec embedding;
  embedding.size = static_cast<int>(reader.integer("size", 1, kMostUnits));
  embedding.trainable = reader.flag_or("trainable", embedding.trainable);
  embedding.zero_padding = reader.flag_or("zero_padding", embedding.zero_padding);
  embedding.mask_padding = reader.flag_or("mask_padding", embedding.mask_padding);
  embedding.spatial_dropout = read_dropout(reader, "spatial_dropout");
  embedding.l2 = reader.flag_or("l2", embedding.l2);
  embedding.vectors = reader.text_or("vectors", embedding.vectors);
  reader.finish();
  return embedding;
}

LayerSpec read_layer(SettingsReader& reader, int default_biases) {
  LayerSpec layer;
  layer.cell = read_name(reader, "cell", kCellNames, layer.cell);
  layer.units = static_cast<int>(reader.integer("units", 1, kMostUnits));
  layer.activation = read_name(reader, "activation", kActivationNames, layer.activation);
  if (layer.cell != Cell::kRnn && reader.has("activation")) {
    reader.fail("activation", "belongs to rnn cells only; remove it");
  }
  if (layer.activation == Activation::kNone) {
    reader.fail("activation", "an rnn cell needs tanh or relu");
  }
  layer.bidirectional = reader.flag_or("bidirectional", layer.bidirectional);
  layer.biases = static_cast<int>(reader.integer_or("biases", 1, 2, default_biases));
  layer.reset_after = reader.flag_or("reset_after", layer.reset_after);
  if (layer.cell != Cell::kGru && reader.has("reset_after")) {
    reader.fail("reset_after", "belongs to gru cells only; remove it");
  }
  layer.input_dropout = read_dropout(reader, "input_dropout");
  layer.recurrent_dropout = read_dropout(reader, "recurrent_dropout");
  layer.output_dropout = read_dropout(reader, "output_dropout");
  reader.finish();
  return layer;
}

DenseSpec read_dense(SettingsReader& reader) {
  DenseSpec dense;
  dense.units = static_cast<int>(reader.integer("units", 1, kMostUnits));
  dense.activation = read_name(reader, "activation", kActivationNames, dense.activation);
  dense.dropout = read_dropout(reader, "dropout");
  reader.finish();
  return dense;
}

}  // namespace

ModelSpec read_model_spec(SettingsReader reader) {
  ModelSpec spec;
  spec.initializers = read_name(reader, "initializers", kInitializersNames, spec.initializers);
  spec.embedding = read_embedding(reader.table("embedding"));
  const int default_biases = spec.initializers == Initializers::kPytorch ? 2 : 1;
  for (SettingsReader& layer : reader.tables("layers")) {
    spec.layers.push_back(read_layer(layer, default_biases));
  }
  if (spec.layers.empty()) {
    reader.fail("layers", "a model needs at least one layer, e.g. layers = [{ cell = \"rnn\", units = 64 }]");
  }
  spec.pooling = read_name(reader, "pooling", kPoolingNames, spec.pooling);
  spec.dropout = read_dropout(reader, "dropout");
  for (SettingsReader& dense : reader.tables("dense")) spec.dense.push_back(read_dense(dense));
  spec.head = read_name(reader, "head", kHeadNames, spec.head);
  reader.finish();
  return spec;
}

std::string cells_of(const ModelSpec& spec) {
  std::vector<std::string> names;
  for (const LayerSpec& layer : spec.layers) {
    names.push_back(std::string(layer.bidirectional ? "bi-" : "") + name_of(layer.cell));
  }
  return joined_cells(std::move(names));
}

int head_units(const ModelSpec& spec) { return spec.head == Head::kSoftmax ? 2 : 1; }

const char* name_of(Cell cell) { return name_in(kCellNames, cell); }
const char* name_of(Pooling pooling) { return name_in(kPoolingNames, pooling); }
const char* name_of(Activation activation) { return name_in(kActivationNames, activation); }
const char* name_of(Head head) { return name_in(kHeadNames, head); }
const char* name_of(Initializers initializers) { return name_in(kInitializersNames, initializers); }

}  // namespace rnnbench
