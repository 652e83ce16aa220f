#pragma once

#include <filesystem>
#include <stop_token>

#include "results/store/merge.hpp"

namespace rnnbench {

/// Adds to the database at `target` what export_csv() wrote into `folder`; the same as import_jsonl().
MergeReport import_csv(const std::filesystem::path& folder, const std::filesystem::path& target,
                       const std::stop_token& stop);

}  // namespace rnnbench
