#pragma once

#include "harness/data/batch.hpp"

namespace rnnbench::eigen {

/// Throws EngineError where a batch contradicts itself or the model, which would read or write outside of
/// memory: no review, spans of other sizes, an id outside [0, vocabulary), a length outside [0, time], a
/// label other than 0 and 1.
void check_batch(const Batch& batch, int vocabulary);

}  // namespace rnnbench::eigen
