#include "harness/cli/model_shelf.hpp"

#include <algorithm>

#include "results/query/database.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostModels = 3;

}  // namespace

const ReviewJudge& ModelShelf::judge_of(RunId run) {
  Database database(database_);
  const PredictionSource source = run_for_prediction(database, run);
  const auto found = std::ranges::find_if(
      models_, [&](const Model& model) { return model.run == run && model.settings == source.settings; });
  if (found != models_.end()) {
    models_.splice(models_.begin(), models_, found);
  } else {
    models_.push_front({run, source.settings, review_judge(source, "best")});
    if (models_.size() > kMostModels) models_.pop_back();
  }
  return models_.front().judge;
}

ReviewCall ModelShelf::call(RunId run, const std::string& text, bool with_words) {
  const std::lock_guard lock(mutex_);
  const ReviewJudge& judge = judge_of(run);
  const Prediction prediction = judge.predict(text);
  ReviewCall call{prediction.positive, prediction.words, prediction.known_words, {}};
  if (!with_words || !judge.erasures) return call;
  for (const WordErasure& word : judge.erasures(text))
    call.worth.push_back({word.token, word.known, prediction.positive - word.positive});
  return call;
}

}  // namespace rnnbench
