#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/options.hpp"

namespace rnnbench {

/// The command that `run` starts worker processes with. Not for people.
inline constexpr const char* kWorkerCommand = "worker";
/// The one that `bench` starts the sides of a comparison with. Not for people either.
inline constexpr const char* kSideCommand = "bench-side";

/// How a worker is started that records in `database`, on `processors` only (all where it is empty).
std::vector<std::string> worker_command(const std::filesystem::path& database, const DataOption& data,
                                        const VectorsOption& vectors, const std::vector<int>& processors);

/// How a side is started by `program`, this one or another build's.
std::vector<std::string> side_command(const std::filesystem::path& program, const DataOption& data,
                                      const VectorsOption& vectors, const std::vector<int>& processors);

}  // namespace rnnbench
