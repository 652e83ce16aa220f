#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/options.hpp"

namespace rnnbench {

/// The command that `run` starts worker processes with. Not for people.
inline constexpr const char* kWorkerCommand = "worker";

/// How a worker is started that records in `database`, on `processors` only (all where it is empty).
std::vector<std::string> worker_command(const std::filesystem::path& database, const DataOption& data,
                                        const VectorsOption& vectors, const std::vector<int>& processors);

}  // namespace rnnbench
