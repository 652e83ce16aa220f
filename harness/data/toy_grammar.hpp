#pragma once

#include <array>
#include <string>

#include "harness/core/philox.hpp"

namespace rnnbench {

/// Draws two reviews that hold the same words the same number of times, in another order, and whose labels
/// differ: first the negative one, then the positive one.
std::array<std::string, 2> draw_toy_twins(RandomStream& random);

}  // namespace rnnbench
