#include "harness/cli/model_shelf.hpp"

#include <algorithm>
#include <chrono>

#include "harness/core/error.hpp"
#include "results/query/database.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostModels = 3;
constexpr int kMostWordsErased = 600;  // each is judged again without
constexpr std::chrono::seconds kPatience{10};

}  // namespace

const ReviewJudge& ModelShelf::judge_of(RunId run) {
  Database database(database_);
  const PredictionSource source = run_for_prediction(database, run);
  std::string weights;
  for (const ArtifactRecord& artifact : source.artifacts) {
    if (artifact.kind == "parameters_best") weights = artifact.sha256;
  }
  const auto found = std::ranges::find_if(
      models_, [&](const Model& model) { return model.run == run && model.weights == weights; });
  if (found != models_.end()) {
    models_.splice(models_.begin(), models_, found);
  } else {
    models_.push_front({run, weights, review_judge(source, "best")});
    if (models_.size() > kMostModels) models_.pop_back();
  }
  return models_.front().judge;
}

ReviewCall ModelShelf::call(RunId run, const std::string& text, bool with_words) {
  const std::unique_lock lock(mutex_, kPatience);
  if (!lock) throw EnvironmentError("other reviews are being judged; try again in a moment");
  const ReviewJudge& judge = judge_of(run);
  const Prediction prediction = judge.predict(text);
  ReviewCall call{prediction.positive, prediction.words, prediction.known_words, {}};
  if (!with_words || !judge.erasures || prediction.words > kMostWordsErased) return call;
  for (const WordErasure& word : judge.erasures(text))
    call.worth.push_back({word.token, word.known, prediction.positive - word.positive});
  return call;
}

}  // namespace rnnbench
