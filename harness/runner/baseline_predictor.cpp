#include "harness/runner/baseline_predictor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/core/error.hpp"
#include "harness/runner/artifacts.hpp"

namespace rnnbench {

BaselinePredictor::BaselinePredictor(
    TrialSpec trial, const std::filesystem::path& model, const std::filesystem::path& vocabulary,
    const std::function<std::unique_ptr<Baseline>(const std::string&, const BaselineSetup&)>& make_baseline)
    : trial_(std::move(trial)), words_(read_vocabulary(vocabulary)) {
  baseline_ = make_baseline(trial_.engine, {trial_.baseline, trial_.recipe, /*seed=*/0});
  try {
    baseline_->set_state(read_parameters(model));
  } catch (const EngineError& error) {
    throw EnvironmentError(fmt::format("{} is no model of {}: {}; repeat the run with --rerun",
                                       model.string(), trial_.engine, error.what()));
  }
}

Prediction BaselinePredictor::predict(std::string_view text) const {
  const TokenRows row = token_row(text, trial_.recipe, words_);
  // XGBoost knows the recipe's ids, the n-grams are of all words.
  const std::int32_t known = trial_.engine == kBoostedTrees
                                 ? trial_.recipe.vocabulary - trial_.recipe.first_word_id
                                 : std::numeric_limits<std::int32_t>::max();
  const auto is_known = [&](std::int32_t rank) { return rank != kUncounted && rank < known; };
  const auto known_words = static_cast<int>(std::ranges::count_if(row.tokens, is_known));
  return {baseline_->predict(row).front(), static_cast<int>(row.tokens.size()), known_words};
}

}  // namespace rnnbench
