#pragma once

#include "harness/model/baseline.hpp"

namespace rnnbench {

/// What every module of a baseline exports under the name kMakeBaselineSymbol with C linkage; as MakeEngine
/// of an engine's. Throws EngineError.
using MakeBaseline = Baseline* (*)(const BaselineSetup& setup);

inline constexpr const char* kMakeBaselineSymbol = "rnnbench_make_baseline";

}  // namespace rnnbench
