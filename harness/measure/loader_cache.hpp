#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace rnnbench {

/// The loader's cache (ld.so.cache(5), which ldconfig writes): names of libraries and where they are; of a
/// name that is there for several kinds of processor, the first. Empty where the file isn't there or isn't in
/// the format that glibc has written since 2.2; what is cut off or points outside of the file is left out.
std::map<std::string, std::filesystem::path> read_loader_cache(
    const std::filesystem::path& file = "/etc/ld.so.cache");

}  // namespace rnnbench
