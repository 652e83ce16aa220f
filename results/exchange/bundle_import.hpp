#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"

namespace rnnbench {

/// Adds the runs of a bundle to the database at `target` (made where missing), each once, and returns their
/// numbers there. Everything of the bundle is checked before. Throws DataError (see read_bundle_archive and
/// check_bundle), EnvironmentError (a run is there already with other content), StoreError.
std::vector<RunId> import_bundle(const std::filesystem::path& file, const std::filesystem::path& target);

}  // namespace rnnbench
