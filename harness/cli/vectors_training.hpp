#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "harness/cli/options.hpp"
#include "harness/data/train_vectors.hpp"
#include "harness/data/vector_coverage.hpp"

namespace rnnbench {

struct VectorsTraining {
  TrainedVectors vectors;
  VectorCoverage coverage;
  int dimensions = 0;
};

/// Trains word vectors on the reviews of an experiment, in the words of its recipe, unless the same are there
/// already; says on what and how far on stderr. `dimensions` 0: the experiment's embedding.size; of `matrix`
/// the data and overrides count. Throws ConfigError where its trials differ in reviews, words or size; what
/// train_vectors() throws.
VectorsTraining train_experiment_vectors(const std::filesystem::path& config, const MatrixOptions& matrix,
                                         int dimensions, SkipGramSettings settings,
                                         const std::optional<std::filesystem::path>& out,
                                         const std::stop_token& stop);

}  // namespace rnnbench
