#pragma once

#include <string>

#include "harness/data/batch.hpp"

namespace rnnbench {

/// Throws EngineError that begins with the name of `engine` where a batch contradicts itself or the model,
/// which would read or write outside of memory: no review, spans of other sizes, an id outside
/// [0, vocabulary), a length outside [0, time], a label other than 0 and 1.
void check_batch(const Batch& batch, int vocabulary, const std::string& engine);

}  // namespace rnnbench
