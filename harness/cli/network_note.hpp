#pragma once

#include <filesystem>

namespace rnnbench {

/// Warns on stderr where a database that is about to be written lies on a network file system.
void warn_of_network(const std::filesystem::path& database);

}  // namespace rnnbench
