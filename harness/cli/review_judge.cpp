#include "harness/cli/review_judge.hpp"

#include <fmt/format.h>

#include <memory>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/runner/baseline_predictor.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {
namespace {

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

}  // namespace

ReviewJudge review_judge(const PredictionSource& source, const std::string& weights_of) {
  const TrialSpec trial = trial_from_canonical(Json::parse(source.settings), engine_names());
  const std::filesystem::path weights = checked(source, "parameters_" + weights_of);
  const std::filesystem::path vocabulary = checked(source, "vocabulary");
  if (trial.is_baseline()) {
    const auto model = std::make_shared<BaselinePredictor>(trial, weights, vocabulary, make_baseline);
    return {[model](const std::string& text) { return model->predict(text); }, nullptr};
  }
  const auto model = std::make_shared<TextPredictor>(trial, weights, vocabulary, make_engine);
  return {[model](const std::string& text) { return model->predict(text); },
          [model](const std::string& text) { return model->erasures(text); }};
}

}  // namespace rnnbench
