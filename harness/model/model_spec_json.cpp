#include <utility>

#include "harness/model/model_spec.hpp"

namespace rnnbench {
namespace {

std::string identity_of_vectors(const EmbeddingSpec& embedding) {
  return embedding.vectors_sha256.empty() ? embedding.vectors : "sha256:" + embedding.vectors_sha256;
}

// What came after the first release is left out at its default, so that the keys of trials stay.
Json embedding_json(const EmbeddingSpec& embedding) {
  Json json = {{"size", embedding.size},
               {"trainable", embedding.trainable},
               {"zero_padding", embedding.zero_padding},
               {"mask_padding", embedding.mask_padding},
               {"spatial_dropout", embedding.spatial_dropout},
               {"vectors", identity_of_vectors(embedding)}};
  if (!embedding.l2) json["l2"] = false;
  return json;
}

// A setting that the cell doesn't have is left out, as it is refused when read.
Json layer_json(const LayerSpec& layer) {
  Json json = {{"cell", name_of(layer.cell)},           {"units", layer.units},
               {"bidirectional", layer.bidirectional},  {"biases", layer.biases},
               {"input_dropout", layer.input_dropout},  {"recurrent_dropout", layer.recurrent_dropout},
               {"output_dropout", layer.output_dropout}};
  if (layer.cell == Cell::kRnn) json["activation"] = name_of(layer.activation);
  if (layer.cell == Cell::kGru) json["reset_after"] = layer.reset_after;
  return json;
}

Json dense_json(const DenseSpec& dense) {
  return {{"units", dense.units}, {"activation", name_of(dense.activation)}, {"dropout", dense.dropout}};
}

}  // namespace

Json to_json(const ModelSpec& spec) {
  Json layers = Json::array();
  for (const LayerSpec& layer : spec.layers) layers.push_back(layer_json(layer));
  Json dense = Json::array();
  for (const DenseSpec& one : spec.dense) dense.push_back(dense_json(one));
  return {{"embedding", embedding_json(spec.embedding)},
          {"layers", std::move(layers)},
          {"pooling", name_of(spec.pooling)},
          {"dropout", spec.dropout},
          {"dense", std::move(dense)},
          {"head", name_of(spec.head)},
          {"initializers", name_of(spec.initializers)}};
}

}  // namespace rnnbench
