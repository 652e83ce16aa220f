#pragma once

#include <array>
#include <filesystem>
#include <stop_token>

#include "harness/data/archive_reader.hpp"
#include "harness/data/review_set.hpp"

namespace rnnbench {

/// The folders of labelled reviews, relative to an unpacked aclImdb folder.
constexpr std::array<const char*, 4> kOfficialFolders = {"train/neg", "train/pos", "test/neg", "test/pos"};

/// Reads the labelled reviews of an unpacked aclImdb folder, in the official order, whatever the order of
/// the file system. Throws DataError with the path where a folder is missing, a review can't be read, or
/// there is none; Interrupted.
ReviewSet read_folder(const std::filesystem::path& folder, const std::stop_token& stop);

/// Reads the unlabelled reviews in its train/unsup, in any order; none where it lacks that. Throws the same.
NumberedTexts read_unlabelled_folder(const std::filesystem::path& folder, const std::stop_token& stop);

}  // namespace rnnbench
