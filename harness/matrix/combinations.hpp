#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/config/matrix_axes.hpp"
#include "harness/config/setting_path.hpp"

namespace rnnbench {

/// Calls `visit` with each combination of the axes' values, the last axis or zip changing fastest, and the
/// number of the first axis that has another value than before. Throws ConfigError, at `file`, where they are
/// more than a million.
void for_each_combination(
    const std::vector<MatrixAxis>& axes, const std::string& file,
    const std::function<void(const std::vector<Assignment>& combination, std::size_t changed)>& visit);

}  // namespace rnnbench
