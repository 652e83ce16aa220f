#pragma once

#include <string>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// "AMD EPYC of vm": processor and host; "" where they aren't recorded.
std::string machine_name(const EnvironmentData& environment);

}  // namespace rnnbench
