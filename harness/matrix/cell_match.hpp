#pragma once

#include <string>
#include <vector>

#include "harness/config/cell_patterns.hpp"

namespace rnnbench {

/// Whether a cell's settings are those of a pattern: each is there and equal; kCellKey is compared with
/// shown_cell().
bool matches(const std::vector<Assignment>& pattern, const Json& settings);

/// The trial's `cell` before the settings are read by those who know them: "lstm", "bi-lstm+rnn"; "" where
/// there are no layers.
std::string shown_cell(const Json& settings);

}  // namespace rnnbench
