#pragma once

#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"

namespace rnnbench {

/// The number of a run as it is written on the command line. Throws ConfigError for anything else.
RunId run_number(const std::string& text);
std::vector<RunId> run_numbers(const std::vector<std::string>& texts);

}  // namespace rnnbench
