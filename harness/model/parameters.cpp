#include "harness/model/parameters.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "harness/model/arithmetic.hpp"
#include "harness/model/initializers.hpp"

namespace rnnbench {
namespace {

enum class Role { kEmbedding, kInputKernel, kRecurrentKernel, kInputBias, kRecurrentBias, kKernel, kBias };

struct Weight {
  std::string name;
  std::vector<std::int64_t> shape;
  Role role;
  Cell cell = Cell::kRnn;
  int fan_in = 0;  ///< PyTorch's bound is 1/sqrt(fan_in); the units where the weight is a cell's
};

void add_direction(std::vector<Weight>& weights, const std::string& prefix, const LayerSpec& layer,
                   int features) {
  const int rows = gate_count(layer.cell) * layer.units;
  const auto add = [&](const char* name, std::vector<std::int64_t> shape, Role role) {
    weights.push_back({prefix + name, std::move(shape), role, layer.cell, layer.units});
  };
  add("input_kernel", {rows, features}, Role::kInputKernel);
  add("recurrent_kernel", {rows, layer.units}, Role::kRecurrentKernel);
  add("input_bias", {rows}, Role::kInputBias);
  if (layer.biases == 2) add("recurrent_bias", {rows}, Role::kRecurrentBias);
}

void add_dense(std::vector<Weight>& weights, const std::string& name, int units, int features) {
  weights.push_back({name + ".kernel", {units, features}, Role::kKernel, Cell::kRnn, features});
  weights.push_back({name + ".bias", {units}, Role::kBias, Cell::kRnn, features});
}

std::vector<Weight> weights_of(const ModelSpec& spec, int vocabulary) {
  std::vector<Weight> weights;
  int features = spec.embedding.size;
  weights.push_back({"embedding.weight", {vocabulary, features}, Role::kEmbedding});
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    const LayerSpec& layer = spec.layers[i];
    const std::string prefix = fmt::format("layers.{}.", i);
    add_direction(weights, prefix, layer, features);
    if (layer.bidirectional) add_direction(weights, prefix + "backward.", layer, features);
    features = layer.units * (layer.bidirectional ? 2 : 1);
  }
  for (std::size_t i = 0; i < spec.dense.size(); ++i) {
    add_dense(weights, fmt::format("dense.{}", i), spec.dense[i].units, features);
    features = spec.dense[i].units;
  }
  add_dense(weights, "head", head_units(spec), features);
  return weights;
}

std::vector<float> pytorch_values(const Weight& weight, std::int64_t count, RandomStream& random) {
  if (weight.role == Role::kEmbedding) return standard_normal(count, random);
  return uniform_within(1.0 / std::sqrt(weight.fan_in), count, random);
}

std::vector<float> keras_values(const Weight& weight, std::int64_t count, RandomStream& random) {
  switch (weight.role) {
    case Role::kEmbedding:
      return uniform_within(0.05, count, random);
    case Role::kInputKernel:
    case Role::kKernel:
      return glorot_uniform(weight.shape[0], weight.shape[1], random);
    case Role::kRecurrentKernel:
      return orthogonal(weight.shape[0], weight.shape[1], random);
    case Role::kInputBias:
      return weight.cell == Cell::kLstm ? lstm_bias(weight.shape[0] / 4)
                                        : std::vector<float>(static_cast<std::size_t>(count));
    case Role::kRecurrentBias:
    case Role::kBias:
      break;
  }
  return std::vector<float>(static_cast<std::size_t>(count));
}

void check_vectors(const EmbeddingSpec& embedding, int vocabulary, std::span<const float> vectors) {
  const auto wanted = embedding.vectors.empty()
                          ? 0
                          : static_cast<std::size_t>(vocabulary) * static_cast<std::size_t>(embedding.size);
  if (vectors.size() == wanted) return;
  throw ConfigError(fmt::format(
      "model.embedding.vectors: the embedding needs {} numbers of the word vectors '{}', found {}; leave "
      "the key out to start from random ones",
      wanted, embedding.vectors, vectors.size()));
}

}  // namespace

std::int64_t element_count(const std::vector<std::int64_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::map<std::string, std::vector<std::int64_t>> parameter_shapes(const ModelSpec& spec, int vocabulary) {
  std::map<std::string, std::vector<std::int64_t>> shapes;
  for (Weight& weight : weights_of(spec, vocabulary)) shapes.emplace(weight.name, std::move(weight.shape));
  return shapes;
}

std::int64_t parameter_count(const ModelSpec& spec, int vocabulary) {
  std::int64_t count = 0;
  for (const auto& [name, shape] : parameter_shapes(spec, vocabulary)) count += element_count(shape);
  return count;
}

Parameters initial_parameters(const ModelSpec& spec, int vocabulary, std::uint64_t seed,
                              std::span<const float> vectors) {
  check_vectors(spec.embedding, vocabulary, vectors);
  Parameters parameters;
  for (const Weight& weight : weights_of(spec, vocabulary)) {
    RandomStream random(seed, stream_of(weight.name));
    const std::int64_t count = element_count(weight.shape);
    std::vector<float> values;
    if (weight.role == Role::kEmbedding && !vectors.empty()) {
      values.assign(vectors.begin(), vectors.end());
    } else if (spec.initializers == Initializers::kPytorch) {
      values = pytorch_values(weight, count, random);
    } else {
      values = keras_values(weight, count, random);
    }
    Tensor tensor{weight.shape, {values.begin(), values.end()}};
    if (weight.role == Role::kEmbedding && spec.embedding.zero_padding && vocabulary > 0) {
      std::fill_n(tensor.values.begin(), spec.embedding.size, 0.0);
    }
    parameters.emplace(weight.name, std::move(tensor));
  }
  return parameters;
}

}  // namespace rnnbench
