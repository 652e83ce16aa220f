#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "harness/data/review_set.hpp"

namespace rnnbench {

/// Reads the labelled reviews of a tar archive in the official layout (any folder before train/ and
/// test/; gzip, xz, bzip2, zstd or plain), streamed: nothing is unpacked to disk, and everything else in
/// it is passed over. Official order. Throws DataError with the path where it is missing, truncated,
/// damaged, no archive, or holds no labelled review; Interrupted.
ReviewSet read_archive(const std::filesystem::path& path, const std::stop_token& stop);

/// A number and a text for each unlabelled review.
using NumberedTexts = std::vector<std::pair<std::int32_t, std::string>>;

/// Reads the unlabelled reviews of such an archive, in its order; it may hold none. Throws the same.
NumberedTexts read_unlabelled_archive(const std::filesystem::path& path, const std::stop_token& stop);

}  // namespace rnnbench
