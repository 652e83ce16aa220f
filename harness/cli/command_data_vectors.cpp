#include "harness/cli/command_data_vectors.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/vectors_training.hpp"
#include "harness/core/clock.hpp"
#include "harness/core/shell_word.hpp"

namespace rnnbench {
namespace {

struct VectorsCommand {
  MatrixOptions matrix;  ///< of one CONFIG
  std::filesystem::path config;
  int dimensions = 0;  ///< 0: as the experiment's embedding
  SkipGramSettings settings;
  std::optional<std::filesystem::path> out;
};

void print_coverage(const VectorCoverage& coverage) {
  fmt::print("vocabulary  {} of {} words have a vector ({:.2f} %)\n", coverage.found, coverage.words,
             100.0 * static_cast<double>(coverage.found) / static_cast<double>(coverage.words));
  fmt::print("tokens      {:.2f} % of the training reviews', {:.2f} % of the test reviews' have one\n",
             100 * coverage.training_tokens, 100 * coverage.test_tokens);
}

void train(VectorsCommand& command, const std::stop_token& stop) {
  const VectorsTraining done = train_experiment_vectors(command.config, command.matrix, command.dimensions,
                                                        command.settings, command.out, stop);
  const TrainedVectors& trained = done.vectors;
  fmt::print("vectors     {} ({})\n", trained.path.string(),
             trained.is_new ? "trained in " + human_duration(trained.record.at("seconds")) : "there already");
  fmt::print("words       {} of {} dimensions\n", trained.record.at("words").get<std::size_t>(),
             done.dimensions);
  print_coverage(done.coverage);
  std::string changes;
  for (const std::string& change : command.matrix.overrides) changes += " --set " + shell_word(change);
  if (command.dimensions > 0) changes += fmt::format(" --set model.embedding.size={}", command.dimensions);
  fmt::print("use them    rnnbench run {}{} {}\n", shell_word(command.config.string()), changes,
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
    session.when_interrupted =
        "vectors are kept where their training was over; the same command goes on from there";
    train(*options, session.stop);
  });
}

}  // namespace rnnbench
