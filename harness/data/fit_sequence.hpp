#pragma once

#include <cstdint>
#include <span>

#include "harness/data/recipe.hpp"

namespace rnnbench {

/// Writes `sequence` (start symbol included) to `row` [time], cut and padded as `recipe` says; returns how
/// many of its ids were kept.
std::int32_t fit_sequence(std::span<const std::int32_t> sequence, const Recipe& recipe,
                          std::span<std::int32_t> row);

}  // namespace rnnbench
