#pragma once

#include <filesystem>

namespace rnnbench {

/// Bytes of memory that this process may use: the machine's, or its control group's limit (or that of a
/// group above it) where one is lower. Swap doesn't count.
double memory_limit();

/// The same, of a machine with `physical` bytes whose control groups are mounted at `mount` and where
/// `membership` (/proc/self/cgroup) says which of them the process is in. Reads version 1's
/// memory.limit_in_bytes and version 2's memory.max; what can't be read limits nothing.
double memory_limit(double physical, const std::filesystem::path& membership,
                    const std::filesystem::path& mount);

}  // namespace rnnbench
