#pragma once

#include <string>

#include "results/store/merge.hpp"

namespace rnnbench {

struct Session;

/// Prints what adding `source` did; conflicts end the program with "some runs failed".
void print_merge(const std::string& source, const MergeReport& report, Session& session);

}  // namespace rnnbench
