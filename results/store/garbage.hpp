#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

/// Things of one kind that nothing needs.
struct Garbage {
  std::string what;  ///< "environments of no run", "files that no row names"
  std::int64_t count = 0;
  std::int64_t bytes = 0;
};

struct GarbageReport {
  std::vector<Garbage> removed;    ///< all kinds, those of which there is nothing too
  std::vector<std::string> files;  ///< their paths
  std::string files_kept_because;  ///< why no file was looked at, or ""
};

enum class Removal { kDry, kReal };

/// Younger files may belong to what a process is about to record.
inline constexpr std::chrono::minutes kYoungFile{60};

/// Removes rows that nobody refers to, checkpoints of runs that need none, and files in the database's folder
/// of files that neither it nor another database beside it names. Files are left alone while a run is not
/// over on this host or another one, and where they are younger than `young`. Other writers wait meanwhile.
/// With kDry nothing changes. Throws StoreError.
GarbageReport collect_garbage(const std::filesystem::path& path, Removal removal,
                              std::chrono::seconds young = kYoungFile);

}  // namespace rnnbench
