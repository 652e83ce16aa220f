#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/cli/options.hpp"
#include "harness/runner/run_matrix.hpp"

namespace rnnbench {

/// The folder of the recipes that come with the program: $RNNBENCH_RECIPES, else the source's
/// experiments/recipes.
std::filesystem::path recipes_folder();

/// Reads an experiment file into trials that can be run. Throws ConfigError, DataError.
Matrix build_matrix(const std::filesystem::path& config, const MatrixOptions& options,
                    const std::stop_token& stop);

/// The services of real runs: data from the cache or the data set, word vectors from their file, engines from
/// the registry, artifacts beside the database.
RunServices real_services(const std::filesystem::path& database, const DataOption& data,
                          const VectorsOption& vectors, const std::stop_token& stop);

/// Why a trial can't be run here, or "".
std::string obstacle_of(const TrialSpec& trial, const VectorsOption& vectors);

}  // namespace rnnbench
