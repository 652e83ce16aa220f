#pragma once

#include <filesystem>
#include <stop_token>

#include "results/store/merge.hpp"

namespace rnnbench {

/// Adds to the database at `target` what export_jsonl() wrote into `file`, also with an older schema, as
/// merge_database() adds another database: again adds nothing, conflicts are reported. Where the file can't
/// be read to its end the target stays as it was. Throws DataError with file and line, EnvironmentError,
/// StoreError, Interrupted.
MergeReport import_jsonl(const std::filesystem::path& file, const std::filesystem::path& target,
                         const std::stop_token& stop);

}  // namespace rnnbench
