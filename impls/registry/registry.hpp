#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// Names that a trial's `engine` may have, in the order they are shown.
std::vector<std::string> engine_names();

/// Why `engine` can't run this here ("no GPU …", "lstm: the eigen engine runs rnn cells only"), or "" if
/// it can. Loads no engine and answers in microseconds (the GPU driver is asked once, for CUDA). Throws
/// ConfigError for an unknown engine.
std::string engine_obstacle(const std::string& engine, const ModelSpec& model, const TrainingSpec& training,
                            Device device);

/// Loads the engine's module on first use and makes an engine. Throws EngineError; EnvironmentError where
/// the module or a library it needs is missing.
std::unique_ptr<Engine> make_engine(const std::string& engine, const EngineSetup& setup);

}  // namespace rnnbench
