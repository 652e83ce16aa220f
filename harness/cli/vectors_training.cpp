#include "harness/cli/vectors_training.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/percent_line.hpp"
#include "harness/core/error.hpp"
#include "harness/data/encoder.hpp"

namespace rnnbench {
namespace {

/// The one trial whose reviews and words the vectors are of. Throws ConfigError where they differ.
TrialSpec trial_of(const Matrix& matrix, const std::filesystem::path& config) {
  const auto has_data = [](const PlannedTrial& trial) { return !trial.spec.data.set.empty(); };
  const auto first = std::find_if(matrix.trials.begin(), matrix.trials.end(), has_data);
  if (first == matrix.trials.end()) {
    throw ConfigError(config.string() + ": no trial has a data set; give an experiment that has one");
  }
  const auto differs = [&](const PlannedTrial& trial) {
    return has_data(trial) && (to_json(trial.spec.data) != to_json(first->spec.data) ||
                               to_json(trial.spec.recipe) != to_json(first->spec.recipe) ||
                               trial.spec.model.embedding.size != first->spec.model.embedding.size);
  };
  if (std::any_of(first, matrix.trials.end(), differs)) {
    throw ConfigError(config.string() +
                      ": its trials differ in data, recipe or embedding.size, and each needs "
                      "vectors of its own; choose one with --set");
  }
  return first->spec;
}

void say_corpus(const Json& reviews, const SkipGramSettings& settings) {
  const std::string from = reviews.at("unlabelled_from");
  fmt::print(stderr, "training {} dimensions on {} training and {} unlabelled reviews ({}), {} words\n",
             settings.dimensions, reviews.at("training").get<std::size_t>(),
             reviews.at("unlabelled").get<std::size_t>(),
             from.empty()
                 ? "none found: aclImdb_unsup.tar.xz beside the labelled ones, or the official archive"
                 : from,
             reviews.at("tokens").get<std::size_t>());
  if (const auto left_out = reviews.at("left_out").get<std::size_t>(); left_out > 0) {
    fmt::print(stderr, "{} more are left out: validation or test reviews have their texts\n", left_out);
  }
  if (settings.threads > 1)
    fmt::print(stderr, "with {} threads the next call gives other vectors\n", settings.threads);
}

}  // namespace

VectorsTraining train_experiment_vectors(const std::filesystem::path& config, const MatrixOptions& matrix,
                                         int dimensions, SkipGramSettings settings,
                                         const std::optional<std::filesystem::path>& out,
                                         const std::stop_token& stop) {
  const TrialSpec trial = trial_of(build_matrix(config, matrix, stop), config);
  const DataLocation location = find_data(trial.data.set, matrix.data.path);
  settings.dimensions = dimensions > 0 ? dimensions : trial.model.embedding.size;
  PercentLine line("training word vectors");
  TrainedVectors trained = train_vectors(
      {location, trial.data, trial.recipe, settings, out},
      [&](const Json& reviews) { say_corpus(reviews, settings); }, [&](double done) { line.show(done); },
      stop);
  const EncodedData data = load_encoded(location, trial.data, trial.recipe, stop);
  VectorCoverage coverage = vector_coverage(trained.path, settings.dimensions, data, trial.recipe, stop);
  return {std::move(trained), coverage, settings.dimensions};
}

}  // namespace rnnbench
