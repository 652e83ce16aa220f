#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

/// A level of the processor's data caches.
struct Cache {
  int level = 1;
  std::size_t bytes = 0;  ///< of one of them
  int shared_by = 1;      ///< processors that use one of them
  int count = 1;          ///< how many of them the machine has
};

/// The data caches of the first processor, the nearest first, from /sys of a system at `root`. Where that
/// doesn't say (some virtual machines, some containers), what the C library knows of this machine; none
/// where that knows nothing either.
std::vector<Cache> read_caches(const std::filesystem::path& root = "/");

/// Bytes of all caches of the last level together; 32 MiB where no cache is known.
std::size_t last_level_bytes(const std::vector<Cache>& caches);

/// What the threads of one measurement go through again and again.
struct WorkingSet {
  std::string level;  ///< "L1", "L2", …, "memory"
  int threads = 1;
  std::size_t bytes = 0;  ///< of each thread
};

/// A set for each level, for `threads` threads: midway between the thread's shares of the level's cache and
/// of the one before, so that it fits into the one and not into the other. A level whose share is no larger
/// than that of the level before is left out. Then memory: `memory_bytes`, divided among the threads.
std::vector<WorkingSet> working_sets(const std::vector<Cache>& caches, int threads, std::size_t memory_bytes);

}  // namespace rnnbench
