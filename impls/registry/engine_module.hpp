#pragma once

#include "harness/model/engine.hpp"

namespace rnnbench {

/// What every engine module (a shared object loaded when a trial first asks for its engine) exports under
/// the name kMakeEngineSymbol with C linkage. The caller owns the engine; the module stays loaded. Throws
/// EngineError.
using MakeEngine = Engine* (*)(const EngineSetup& setup);

inline constexpr const char* kMakeEngineSymbol = "rnnbench_make_engine";

}  // namespace rnnbench
