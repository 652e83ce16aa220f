#pragma once

#include "harness/model/engine.hpp"

namespace rnnbench {

/// What every engine module (a shared object loaded when a trial first asks for its engine) exports under
/// the name kMakeEngineSymbol with C linkage. The caller owns the engine; the module stays loaded. Throws
/// EngineError.
using MakeEngine = Engine* (*)(const EngineSetup& setup);

inline constexpr const char* kMakeEngineSymbol = "rnnbench_make_engine";

/// What a module may export under the name kMultiplySymbol: a Multiply (harness/measure/product_peak.hpp) of
/// the library that it is built on. `doctor` holds the machine's peak against it. Throws EngineError.
inline constexpr const char* kMultiplySymbol = "rnnbench_multiply";

}  // namespace rnnbench
