#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/model/parameters.hpp"

namespace rnnbench {

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

/// Throws EngineError that names the first tensor of `state` that is missing, unknown or misshapen:
/// `weights` must all be there, `optimizer` wholly or not at all.
void check_state(const Parameters& state, const Shapes& weights, const Shapes& optimizer);

}  // namespace rnnbench
