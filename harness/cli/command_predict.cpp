#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/runner/baseline_predictor.hpp"
#include "harness/runner/predict_text.hpp"
#include "impls/registry/registry.hpp"
#include "results/query/database.hpp"
#include "results/query/prediction_source.hpp"

namespace rnnbench {
namespace {

struct PredictOptions {
  DatabaseOption db;
  std::int64_t run = 0;
  std::vector<std::string> texts;
  std::string weights = "best";
};

/// The whole path of an artifact that is there and is what the run wrote.
std::filesystem::path checked(const PredictionSource& source, const std::string& kind) {
  for (const ArtifactRecord& artifact : source.artifacts) {
    if (artifact.kind != kind) continue;
    if (file_sha256(source.file(kind)) == artifact.sha256) return source.file(kind);
    throw EnvironmentError(fmt::format("{} is not what run {} wrote; repeat the run with --rerun",
                                       source.file(kind).string(), source.run));
  }
  throw EnvironmentError(fmt::format("run {} kept no {}; repeat it with --rerun", source.run, kind));
}

std::function<Prediction(const std::string& text)> predictor_of(const PredictionSource& source,
                                                                const std::string& which) {
  const TrialSpec trial = trial_from_canonical(Json::parse(source.settings), engine_names());
  const std::filesystem::path weights = checked(source, "parameters_" + which);
  const std::filesystem::path vocabulary = checked(source, "vocabulary");
  if (trial.is_baseline()) {
    const auto model = std::make_shared<BaselinePredictor>(trial, weights, vocabulary, make_baseline);
    return [model](const std::string& text) { return model->predict(text); };
  }
  const auto model = std::make_shared<TextPredictor>(trial, weights, vocabulary, make_engine);
  return [model](const std::string& text) { return model->predict(text); };
}

void predict(const PredictOptions& options) {
  Database database(options.db.path);
  const auto predict_text = predictor_of(run_for_prediction(database, options.run), options.weights);
  for (const std::string& text : options.texts) {
    const Prediction prediction = predict_text(text);
    fmt::print("{} (probability of positive {:.3f}; {} of {} words known)\n",
               prediction.positive >= 0.5 ? "POSITIVE" : "NEGATIVE", prediction.positive,
               prediction.known_words, prediction.words);
  }
}

}  // namespace

void add_predict_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<PredictOptions>();
  CLI::App* command =
      app.add_subcommand("predict", "Call a review POSITIVE or NEGATIVE with a finished run's model");
  command->add_option("run", options->run, "Number of a finished run, see `list`")
      ->required()
      ->type_name("RUN");
  command->add_option("text", options->texts, "The review, in quotes; several are judged one by one")
      ->required()
      ->type_name("TEXT");
  command->add_option("--weights", options->weights, "Weights of the best epoch (by validation) or the last")
      ->check(CLI::IsMember({"best", "last"}))
      ->capture_default_str();
  options->db.add_to(*command);
  command->callback([options] { predict(*options); });
}

}  // namespace rnnbench
