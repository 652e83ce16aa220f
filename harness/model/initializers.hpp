#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/core/philox.hpp"

namespace rnnbench {

/// The stream of random numbers that a tensor is drawn from: FNV-1a (64 bits) of its name, so that its
/// values depend on the seed, its name and its shape only, never on the other tensors.
std::uint64_t stream_of(std::string_view tensor_name);

/// U(-bound, bound): PyTorch's recurrent and linear weights (bound 1/sqrt(units), 1/sqrt(features)) and
/// Keras' embedding (0.05).
std::vector<float> uniform_within(double bound, std::int64_t count, RandomStream& random);

/// N(0, 1): PyTorch's embedding.
std::vector<float> standard_normal(std::int64_t count, RandomStream& random);

/// A kernel [outputs, inputs] from U(±sqrt(6 / (inputs + outputs))): Glorot and Bengio 2010. Gates count
/// as outputs, as in Keras.
std::vector<float> glorot_uniform(std::int64_t outputs, std::int64_t inputs, RandomStream& random);

/// A recurrent kernel [rows, columns], rows >= columns, with orthonormal columns: the Q of a normal
/// matrix's QR decomposition whose R has a positive diagonal (Saxe, McClelland, Ganguli 2014). It is the
/// transpose of Keras' [units, gates * units], so all gates form one orthogonal matrix, as there.
std::vector<float> orthogonal(std::int64_t rows, std::int64_t columns, RandomStream& random);

/// The bias [4 * units] of an LSTM, gates i, f, g, o: 1 for f, else 0 (Jozefowicz, Zaremba, Sutskever
/// 2015; Keras' unit_forget_bias).
std::vector<float> lstm_bias(std::int64_t units);

}  // namespace rnnbench
