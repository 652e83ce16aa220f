#pragma once

namespace rnnbench::fused {

/// What the engine computes in. The same sources make a module for training, in single precision, and one for
/// checks, in double.
#ifdef RNNBENCH_FUSED_DOUBLE
using Real = double;
#else
using Real = float;
#endif

}  // namespace rnnbench::fused
