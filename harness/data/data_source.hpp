#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/data/review_set.hpp"

namespace rnnbench {

/// Where a data set was found, before anything of it is read.
struct DataLocation {
  std::string set;  ///< "imdb" or "toy"
  /// The archive, folder or CSV; empty for "toy".
  std::filesystem::path path;
};

/// Places searched for "imdb": `given` (--data) alone where there is one; else $RNNBENCH_DATA, then
/// data_folder(). Each may be an archive, an aclImdb folder, a CSV, or a folder that holds one of them.
/// Throws DataError that lists the places and the remedies; ConfigError for an unknown set.
DataLocation find_data(const std::string& set, const std::optional<std::filesystem::path>& given);

/// Where `data fetch` puts the official archive: `data` in the user's cache folder.
std::filesystem::path data_folder();

/// A known set and where it is, for `data list` and `doctor`.
struct FoundSet {
  std::string set;
  std::optional<DataLocation> location;
  std::string note;  ///< what it is; or, where it wasn't found, why and what to do
};
std::vector<FoundSet> list_data(const std::optional<std::filesystem::path>& given);

/// Reads all labelled reviews: official order for archives and folders, row order for a CSV. Throws
/// DataError with the file and what is wrong with it, Interrupted when asked to stop.
ReviewSet read_reviews(const DataLocation& location, const std::stop_token& stop);

/// What a data set is, for `data verify` and trial keys.
struct DataFacts {
  std::string fingerprint;     ///< SHA-256 over texts, labels and parts in order
  std::string content_digest;  ///< SHA-256 over the sorted (label, text) digests: equal for all formats
  std::size_t reviews = 0, train = 0, test = 0, positive = 0;
  std::size_t distinct = 0;      ///< distinct texts
  std::size_t across_parts = 0;  ///< distinct texts that stand in both train and test
  std::size_t invalid_utf8 = 0;  ///< reviews that hold invalid UTF-8 (kept as they are)
  std::size_t bytes = 0;         ///< of all texts
};
DataFacts data_facts(const ReviewSet& reviews);

/// The fingerprint of a data set. Remembered in the cache folder by path, size and time of change, so
/// that only the first call reads the data.
std::string data_fingerprint(const DataLocation& location, const std::stop_token& stop);

}  // namespace rnnbench
