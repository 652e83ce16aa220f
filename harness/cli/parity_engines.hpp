#pragma once

#include <string>
#include <utility>

#include "harness/cli/parity_subjects.hpp"
#include "harness/parity/engine_pair.hpp"

namespace rnnbench {

/// Reads "eigen" or "libtorch:cuda". Throws ConfigError, with the engines that there are.
ParityEngine read_engine(const std::string& text);

/// Reads the argument of `parity --engines`, "libtorch,eigen" or "libtorch:cuda,eigen": reference and
/// candidate. Throws ConfigError.
std::pair<ParityEngine, ParityEngine> read_parity_engines(const std::string& text);

/// Throws ConfigError where the engine can't run the subject's model and training.
void require_support(const ParityEngine& engine, const ParitySubject& subject);

/// Throws ConfigError, with the estimate and the limit, where the engines of a check need more than `limit`
/// bytes: those of the request, and where gradients may have to be decided in double precision (see
/// check_gradients) two more. `vocabulary` and `length` as in the recipe.
void require_memory(const ParityRequest& request, const ParitySubject& subject, double limit);

}  // namespace rnnbench
