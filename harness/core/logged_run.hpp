#pragma once

namespace rnnbench {

/// TrialRecord::engine of what programs of others log, unless they name one.
inline constexpr const char* kLoggedEngine = "logged";
/// The key in RunStart::engine that says which program logged a run.
inline constexpr const char* kLoggedBy = "logged_by";

}  // namespace rnnbench
