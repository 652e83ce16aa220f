#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>

#include "harness/data/encoded_data.hpp"
#include "harness/data/recipe.hpp"

namespace rnnbench {

/// How much of an experiment's words a file of vectors has.
struct VectorCoverage {
  std::size_t words = 0;       ///< of the vocabulary
  std::size_t found = 0;       ///< of them, those that have a vector
  double training_tokens = 0;  ///< share of the training reviews' tokens, as cut to length, that have one
  double test_tokens = 0;      ///< the same of the test reviews'
};

/// Throws what read_word_vectors throws.
VectorCoverage vector_coverage(const std::filesystem::path& path, int dimensions, const EncodedData& data,
                               const Recipe& recipe, const std::stop_token& stop);

}  // namespace rnnbench
