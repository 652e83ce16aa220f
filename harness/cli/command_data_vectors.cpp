#include "harness/cli/command_data_vectors.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/percent_line.hpp"
#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/core/shell_word.hpp"
#include "harness/data/encoder.hpp"
#include "harness/data/train_vectors.hpp"
#include "harness/data/vector_coverage.hpp"

namespace rnnbench {
namespace {

struct VectorsCommand {
  MatrixOptions matrix;  ///< of one CONFIG
  std::filesystem::path config;
  int dimensions = 0;  ///< 0: as the experiment's embedding
  SkipGramSettings settings;
  std::optional<std::filesystem::path> out;
};

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

void print_coverage(const VectorCoverage& coverage) {
  fmt::print("vocabulary  {} of {} words have a vector ({:.2f} %)\n", coverage.found, coverage.words,
             100.0 * static_cast<double>(coverage.found) / static_cast<double>(coverage.words));
  fmt::print("tokens      {:.2f} % of the training reviews', {:.2f} % of the test reviews' have one\n",
             100 * coverage.training_tokens, 100 * coverage.test_tokens);
}

void train(VectorsCommand& command, Session& session) {
  const std::stop_token& stop = session.stop;
  command.matrix.configs = {command.config};
  const TrialSpec trial = trial_of(build_matrix(command.config, command.matrix, stop), command.config);
  const DataLocation location = find_data(trial.data.set, command.matrix.data.path);
  SkipGramSettings settings = command.settings;
  settings.dimensions = command.dimensions > 0 ? command.dimensions : trial.model.embedding.size;
  PercentLine line("training word vectors");
  const TrainedVectors trained = train_vectors(
      {location, trial.data, trial.recipe, settings, command.out},
      [&](const Json& reviews) { say_corpus(reviews, settings); }, [&](double done) { line.show(done); },
      stop);

  session.when_interrupted = "the vectors are complete; the same command counts what they cover";
  fmt::print("vectors     {} ({})\n", trained.path.string(),
             trained.is_new ? "trained in " + human_duration(trained.record.at("seconds")) : "there already");
  fmt::print("words       {} of {} dimensions\n", trained.record.at("words").get<std::size_t>(),
             settings.dimensions);
  print_coverage(vector_coverage(trained.path, settings.dimensions,
                                 load_encoded(location, trial.data, trial.recipe, stop), trial.recipe, stop));
  fmt::print("use them    rnnbench run {} {}\n", shell_word(command.config.string()),
             trained.name.empty() ? "--vectors " + shell_word(trained.path.string())
                                  : "--set model.embedding.vectors=" + trained.name);
}

}  // namespace

void add_data_vectors_command(CLI::App& data, Session& session) {
  auto options = std::make_shared<VectorsCommand>();
  CLI::App* command = data.add_subcommand(
      "vectors",
      "Train word vectors on an experiment's training reviews and the unlabelled ones (skip-gram)");
  command->add_option("config", options->config, "The experiment whose reviews and words they are of")
      ->required()
      ->type_name("CONFIG");
  command->add_option("--set", options->matrix.overrides, "Change a setting of it; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  options->matrix.data.add_to(*command);
  constexpr int kMost = 10'000;
  const auto add = [&](const char* name, int& value, const char* help, int least, int most) {
    return command->add_option(name, value, help)->check(CLI::Range(least, most))->type_name("N");
  };
  add("--dimensions", options->dimensions, "Numbers of a vector [else the experiment's embedding.size]", 1,
      kMost);
  add("--epochs", options->settings.epochs, "Passes over the reviews", 1, kMost)->capture_default_str();
  add("--seed", options->settings.seed, "Of what is drawn at random", 0, 1'000'000'000)
      ->capture_default_str();
  add("--threads", options->settings.threads, "With one, the same call gives the same bytes", 1, 256)
      ->capture_default_str();
  command
      ->add_option("--out", options->out, "A file of word2vec's binary format [else one in the cache folder]")
      ->type_name("FILE");
  command->callback([options, &session] {
    session.when_interrupted = "nothing is kept; the same command begins again";
    train(*options, session);
  });
}

}  // namespace rnnbench
