#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "harness/model/model_spec.hpp"

namespace rnnbench {

/// A named array on the host, row-major; wide enough for engines of either precision.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<double> values;
};

/// Tensors by name, in the order of their names. The weights of a model spec are:
///
///   embedding.weight              [vocabulary, size]
///   layers.I.input_kernel         [gates * units, features]
///   layers.I.recurrent_kernel     [gates * units, units]
///   layers.I.input_bias           [gates * units]
///   layers.I.recurrent_bias       [gates * units]          where the layer has two biases
///   layers.I.backward.…           the same four, of the backward direction
///   dense.I.kernel, dense.I.bias  [units, features], [units]
///   head.kernel, head.bias        [logits, features], [logits]
///
/// Gates in PyTorch's order: lstm i, f, g, o; gru r, z, n; rnn has one. A layer's features are the size
/// of the embedding or the (concatenated) units of the layer before.
using Parameters = std::map<std::string, Tensor>;

/// Names and shapes of the weights of `spec`, without values.
std::map<std::string, std::vector<std::int64_t>> parameter_shapes(const ModelSpec& spec, int vocabulary);

/// Numbers in an array of `shape`; 1 for a scalar's empty shape.
std::int64_t element_count(const std::vector<std::int64_t>& shape);

/// How many numbers the weights of `spec` are.
std::int64_t parameter_count(const ModelSpec& spec, int vocabulary);

/// Weights made by the spec's initialisers from `seed` (RunSeeds::initialisation): counter-based, one
/// stream a tensor, so that every engine starts from the same ones. With `zero_padding` row 0 of the
/// embedding is zero.
/// `vectors` [vocabulary, size] is the embedding where the spec asks for given word vectors (see
/// harness/data/word_vectors.hpp), and else empty; the other weights are the same with and without. Throws
/// ConfigError where they are missing or of another size.
Parameters initial_parameters(const ModelSpec& spec, int vocabulary, std::uint64_t seed,
                              std::span<const float> vectors = {});

/// Writes and reads the safetensors format (8-byte header length, JSON header, little-endian float32):
/// values of more than single precision are rounded to it.
/// The reader checks every length and offset; throws EnvironmentError with the path and what is wrong.
void write_parameters(const std::filesystem::path& path, const Parameters& parameters);
Parameters read_parameters(const std::filesystem::path& path);

}  // namespace rnnbench
