#pragma once

#include <string>

#include "results/query/claims.hpp"

namespace rnnbench {

/// Parts of the section on a claim, Markdown with headings of the third level; "" where there is nothing to
/// say.

/// The curves that the source prints against the replicates' prediction bands.
std::string curves_part(const ClaimData& claim);

/// The first epochs on another engine against the same epochs of the claim's runs.
std::string begun_part(const ClaimData& claim);

/// What the figure owes to data it saw: the same without, paired by seed.
std::string leak_part(const ClaimData& claim);

/// Settings changed one at a time, and which of them lands on the value.
std::string explained_part(const ClaimData& claim);

/// The baselines that the claim's model is held against, and whether it beats them.
std::string baselines_part(const ClaimData& claim);

}  // namespace rnnbench
