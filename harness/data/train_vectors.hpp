#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "harness/data/data_source.hpp"
#include "harness/data/data_spec.hpp"
#include "harness/data/recipe.hpp"
#include "harness/data/skip_gram.hpp"

namespace rnnbench {

/// Which word vectors are wanted.
struct VectorRequest {
  DataLocation location;
  DataSpec data;
  Recipe recipe;
  SkipGramSettings settings;
  std::optional<std::filesystem::path> out;  ///< else a file in vectors_folder(), named after its settings
};

/// Vectors on disk: word2vec's binary format, and beside it FILE.json, which says how they came about.
struct TrainedVectors {
  std::filesystem::path path;
  std::string name;  ///< what model.embedding.vectors calls them; "" where `out` was given
  Json record;       ///< the file beside it: "settings", and what was counted and measured
  bool is_new = false;
};

/// Told before training begins: what it is trained on, as the record says it ("reviews").
using CorpusNote = std::function<void(const Json& reviews)>;

/// Trains word vectors on the training reviews of the split and on the unlabelled reviews, in the recipe's
/// words. Where vectors of these settings and reviews are there already, complete, nothing is trained. Both
/// files are complete or absent. Throws ConfigError where `out` is another file, DataError, EnvironmentError,
/// Interrupted.
TrainedVectors train_vectors(const VectorRequest& request, const CorpusNote& note,
                             const TrainProgress& progress, const std::stop_token& stop);

}  // namespace rnnbench
