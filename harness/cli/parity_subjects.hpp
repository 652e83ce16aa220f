#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// A model spec whose parity is to be shown, with the reviews to show it on. Its engine doesn't matter.
struct ParitySubject {
  std::string label;  ///< "experiments/quick.toml, model.layers.0.cell=rnn"
  TrialSpec trial;
};

/// What `parity FILE` checks. An experiment: its cells, one for each distinct model, data and recipe. A file
/// without `schema`: a single spec, a table `model` and where wanted `training`, on the toy reviews.
/// `overrides` are the KEY=VALUE of --set. Throws ConfigError, EnvironmentError.
std::vector<ParitySubject> parity_subjects(const std::filesystem::path& file,
                                           const std::vector<std::string>& overrides);

}  // namespace rnnbench
