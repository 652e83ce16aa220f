#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

/// A file in a bundle.
struct BundleMember {
  std::string name;  ///< relative: "run-9/run.json"
  std::string content;
};

/// What all members of a bundle may have together: nothing that is larger is written or read.
inline constexpr std::size_t kMostBundleBytes = std::size_t{1} << 30U;

/// Throws DataError, with what is wrong with the bundle and where to get another.
[[noreturn]] void refuse_bundle(const std::filesystem::path& file, const std::string& why);

/// Writes the members as the new file `file`, a .tar.xz; the same members give the same bytes. Throws
/// EnvironmentError (`file` exists, or can't be written), ConfigError (they are too large).
void write_bundle_archive(const std::filesystem::path& file, const std::vector<BundleMember>& members);

/// The members of such a file, in its order. Nothing is unpacked to disk. Throws DataError: no such file,
/// cut, damaged; a member that is no plain file, has a name that leads elsewhere or that another has too;
/// more than `most` bytes, however small the file.
std::vector<BundleMember> read_bundle_archive(const std::filesystem::path& file,
                                              std::size_t most = kMostBundleBytes);

}  // namespace rnnbench
