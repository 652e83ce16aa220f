#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

/// A library that another one needs, and the file that the loader would take for it.
struct NeededLibrary {
  std::string name;            ///< "libcudnn.so.9"
  std::string needed_by;       ///< name of the first one that needs it
  std::filesystem::path path;  ///< empty where it is missing
  std::string problem;         ///< where missing: why a file of this name can't be used, or ""

  bool missing() const { return path.empty(); }
};

/// Everything that the shared object `library` needs, directly or not, each name once, those nearest to it
/// first; all that are missing, where the loader would name the first only. Loads none of them where they
/// are found as ld.so(8) searches: DT_RPATH of what needs it and of what loaded that, LD_LIBRARY_PATH,
/// DT_RUNPATH, each with $ORIGIN, then the loader's cache. What isn't there the loader itself is asked for
/// (it opens it for a moment; what that needs in turn isn't listed). Throws EnvironmentError where `library`
/// itself can't be read.
std::vector<NeededLibrary> needed_libraries(const std::filesystem::path& library);

}  // namespace rnnbench
