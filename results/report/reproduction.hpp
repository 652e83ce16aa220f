#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "results/query/claims.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// The verdict table: claim, reported, engine, n, ours, low, high, verdict, more runs, deviations, train s.
Table verdict_table(const std::vector<ClaimData>& claims);

/// The systems of all claims on one footing, ranked, Markdown with a heading of the second level; "" where
/// none ran.
std::string footing_section(const std::vector<ClaimData>& claims);

/// What training each claim takes on each engine that ran it; "" where no claim ran on two.
std::string costs_section(const std::vector<ClaimData>& claims);

/// The page on one claim, Markdown with a heading of the second level.
std::string claim_section(const ClaimData& claim);

/// All of it for programs.
std::string reproduction_json(const std::vector<ClaimData>& claims);

/// Writes report.md, report.html and report.json into `folder`; gives their paths. Throws EnvironmentError.
std::vector<std::filesystem::path> write_reproduction(const std::vector<ClaimData>& claims,
                                                      const std::filesystem::path& folder);

}  // namespace rnnbench
