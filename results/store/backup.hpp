#pragma once

#include <cstdint>
#include <filesystem>

namespace rnnbench {

/// Writes the database at `path`, as it is at one moment, into the new file `copy`, compacted; returns its
/// bytes. Writers may be at work. The copy is whole or absent. Throws StoreError, EnvironmentError (`copy`
/// exists, or can't be written).
std::int64_t back_up(const std::filesystem::path& path, const std::filesystem::path& copy);

}  // namespace rnnbench
