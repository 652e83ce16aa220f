#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/data/encoder.hpp"
#include "harness/model/engine.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

struct Prediction {
  double positive = 0;  ///< probability of the positive class
  int words = 0;        ///< that the recipe keeps of the text
  int known_words = 0;  ///< of them, those in the vocabulary
};

/// What a model says of a text without one of its words.
struct WordErasure {
  std::size_t position = 0;  ///< of the word among the recipe's tokens of the text, from 0
  std::string token;         ///< as the recipe makes it
  bool known = false;        ///< whether it is in the vocabulary
  double positive = 0;       ///< probability of positive without it
};

/// A finished run's model, ready to judge texts.
class TextPredictor {
 public:
  /// Loads weights and vocabulary; throws EnvironmentError where a file is missing, damaged or has the
  /// weights of another model, EngineError where the engine can't be made.
  TextPredictor(
      TrialSpec trial, const std::filesystem::path& weights, const std::filesystem::path& vocabulary,
      const std::function<std::unique_ptr<Engine>(const std::string&, const EngineSetup&)>& make_engine);

  Prediction predict(std::string_view text) const;

  /// Judges the text again without each of its tokens, one at a time, in their order (Li, Monroe and Jurafsky
  /// 2016, "Understanding Neural Networks through Representation Erasure"). What stands after the token moves
  /// up, so that a review longer than the recipe's length shows the model one more of its words.
  std::vector<WordErasure> erasures(std::string_view text) const;

 private:
  /// `positive` [texts]
  void judge(const std::vector<EncodedText>& texts, std::span<float> positive) const;

  TrialSpec trial_;
  std::vector<std::string> words_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace rnnbench
