#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/baseline.hpp"
#include "harness/runner/predict_text.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// A finished run's baseline, ready to judge texts; what TextPredictor is for a net.
class BaselinePredictor {
 public:
  /// Loads model and vocabulary; throws EnvironmentError where a file is missing, damaged or has another
  /// model, and what `make_baseline` throws.
  BaselinePredictor(TrialSpec trial, const std::filesystem::path& model,
                    const std::filesystem::path& vocabulary,
                    const std::function<std::unique_ptr<Baseline>(const std::string&, const BaselineSetup&)>&
                        make_baseline);

  Prediction predict(std::string_view text) const;

 private:
  TrialSpec trial_;
  std::vector<std::string> words_;
  std::unique_ptr<Baseline> baseline_;
};

}  // namespace rnnbench
