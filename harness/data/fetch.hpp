#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace rnnbench {

/// A file to download, known by its length and checksum.
struct FetchRequest {
  std::string url;
  std::string sha256;  ///< 64 lower-case hexadecimal digits
  std::int64_t bytes = 0;
  std::filesystem::path target;
  std::chrono::milliseconds pause{1000};  ///< before a broken connection is tried again
};

/// The Large Movie Review Dataset v1.0 (Maas et al. 2011) into data_folder(), where find_data looks.
FetchRequest official_archive();

/// Told as bytes arrive: how many are there, of how many.
using FetchProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Downloads the file; the target is complete and checked, or absent. What came before a connection broke
/// is kept beside it in a ".part" file: it is resumed from there, a few times in this call and again by
/// the next. Returns false where the target already is what it should be.
///
/// Throws DataError where the server has no such file, another length or other content (nothing of it is
/// kept); EnvironmentError where it can't be reached or the disk can't be written; Interrupted.
bool fetch(const FetchRequest& request, const FetchProgress& progress, const std::stop_token& stop);

}  // namespace rnnbench
