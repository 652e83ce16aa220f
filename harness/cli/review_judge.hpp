#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/runner/predict_text.hpp"
#include "results/query/prediction_source.hpp"

namespace rnnbench {

/// What judges texts with a run's model: a net, or a baseline, which doesn't say what single words are worth.
/// Used from one thread.
struct ReviewJudge {
  std::function<Prediction(const std::string& text)> predict;
  std::function<std::vector<WordErasure>(const std::string& text)> erasures;  ///< empty of a baseline
};

/// `weights`: "best" (by validation) or "last". Throws EnvironmentError where a file is missing or not what
/// the run wrote.
ReviewJudge review_judge(const PredictionSource& source, const std::string& weights);

}  // namespace rnnbench
