#pragma once

#include <memory>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// An engine on LibTorch. Throws EngineError where libtorch_obstacle() has a reason against it, or the
/// device can't be opened.
///
/// On a CPU the same calls on the same machine with the same number of threads give the same bits, dropout
/// included, and so does an engine that goes on from the state() and the random_state() of another. On a GPU
/// dropout is from another generator, and sums may be ordered differently from call to call where LibTorch
/// has no deterministic kernel.
std::unique_ptr<Engine> make_libtorch_engine(const EngineSetup& setup);

}  // namespace rnnbench
