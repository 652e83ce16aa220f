#include <fmt/format.h>

#include <algorithm>

#include "harness/data/data_source.hpp"
#include "harness/data/folder_reader.hpp"
#include "harness/data/remembered_fingerprint.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// Of a folder: its number of entries and the newest change of its parts.
FileStamp stamp_of_folder(const fs::path& folder) {
  FileStamp all;
  for (const char* part : kOfficialFolders) {
    std::error_code error;
    all.changed_ns = std::max(all.changed_ns, stamp_of(folder / part).changed_ns);
    for (fs::directory_iterator entries(folder / part, error); !error && entries != fs::directory_iterator();
         entries.increment(error)) {
      ++all.size;
    }
  }
  return all;
}

/// What must be unchanged for a remembered fingerprint to hold.
std::string key_of(const fs::path& path) {
  const FileStamp stamp = fs::is_directory(path) ? stamp_of_folder(path) : stamp_of(path);
  return fmt::format("{}\n{}\n{}", fs::weakly_canonical(path).string(), stamp.size, stamp.changed_ns);
}

}  // namespace

std::string data_fingerprint(const DataLocation& location, const std::stop_token& stop) {
  const auto compute = [&] { return data_facts(read_reviews(location, stop)).fingerprint; };
  if (location.path.empty()) {  // generated, so always the same
    static const std::string toy = compute();
    return toy;
  }
  return remembered_fingerprint(
      location.path, [&] { return key_of(location.path); }, compute);
}

}  // namespace rnnbench
