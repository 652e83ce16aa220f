#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

/// What one merge did.
struct MergeReport {
  int added = 0;      ///< runs that the target did not have
  int known = 0;      ///< runs that it had, with the same content or more of it
  int completed = 0;  ///< runs that it had up to an earlier epoch, and has whole now
  int running = 0;    ///< runs of the source that are not over: left out
  int experiments = 0, trials = 0, parity_records = 0;  ///< that the target did not have
  int files = 0;                                        ///< copied
  std::vector<std::string> missing_files;               ///< of added runs: not there, or with other content
  int differing = 0;  ///< runs left out: the target has other content of them, or of what they refer to
  std::vector<std::string> conflicts;  ///< one a line; the target keeps its own
};

/// Adds to the database at `target` (made where missing) what the one at `source` holds and it does not: runs
/// by their uid, trials by key, environments and reviews by digest, experiments by name and config, tags and
/// parity records by content. Files of added runs are copied into the target's folder of files first. Again
/// adds nothing. The source, of this schema or an older one, is only read. Writes in transactions of some
/// runs each: a kill leaves a part of the union, and the same call goes on. Throws StoreError
/// (also where rows of the source refer to none), EnvironmentError (a file can't be written), ConfigError
/// (both are one file).
MergeReport merge_database(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace rnnbench
