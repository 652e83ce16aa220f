#pragma once

#include <string>

#include "harness/model/parameters.hpp"

namespace rnnbench {

/// Throws EnvironmentError where `weights`, read from `source`, are not those of `spec`: it names the first
/// tensor, in the order of names, that is missing, unknown or of another shape, and both shapes.
void check_weights(const Parameters& weights, const ModelSpec& spec, int vocabulary,
                   const std::string& source);

}  // namespace rnnbench
