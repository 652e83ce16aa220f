#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// The builds of the engine that this processor runs: "baseline" and, where it can, "avx2" and "avx512".
std::vector<std::string> runnable_builds();

/// An engine of that build, loaded as the program loads it.
std::unique_ptr<Engine> make_eigen(const EngineSetup& setup, const std::string& build = "baseline");

/// A setup on the CPU for a small vocabulary, and the engine with initial weights of seed 1.
EngineSetup eigen_setup(const ModelSpec& model, const TrainingSpec& training = {});
std::unique_ptr<Engine> started_eigen(const EngineSetup& setup, const std::string& build = "baseline");

inline constexpr int kVocabulary = 11;

}  // namespace rnnbench
