#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/engine.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

struct Prediction {
  double positive = 0;  ///< probability of the positive class
  int words = 0;        ///< that the recipe keeps of the text
  int known_words = 0;  ///< of them, those in the vocabulary
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

 private:
  TrialSpec trial_;
  std::vector<std::string> words_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace rnnbench
