#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

/// What a shared object asks of the loader, from its dynamic section.
struct LoaderNeeds {
  std::vector<std::string> needed;  ///< DT_NEEDED: names of libraries, in its order
  std::string rpath;                ///< DT_RPATH: folders, separated by ':'; "" where there is none
  std::string runpath;              ///< DT_RUNPATH, the same
};

/// Reads a 64-bit ELF shared object for this processor, without loading it. Every offset and length in it is
/// checked, so that any file can be given. Throws EnvironmentError with the path and what is wrong: no such
/// file, no ELF, for another processor, cut off, or more than a real one would have.
LoaderNeeds read_loader_needs(const std::filesystem::path& file);

}  // namespace rnnbench
