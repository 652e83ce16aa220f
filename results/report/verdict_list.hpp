#pragma once

#include <string>
#include <vector>

#include "results/query/verdicts.hpp"

namespace rnnbench {

/// Verdicts in words as a list in Markdown, what is missing of each below it. Labels, Markdown already, are
/// one a verdict or none.
std::string verdict_list(const std::vector<SubjectVerdict>& verdicts,
                         const std::vector<std::string>& labels = {});

}  // namespace rnnbench
