#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/data/data_source.hpp"

namespace rnnbench {

/// The texts of the Large Movie Review Dataset that have no label, by number.
struct UnlabelledReviews {
  std::filesystem::path path;  ///< the archive or folder they come from; empty where none was found
  std::vector<std::string> texts;
};

/// Those that belong to the labelled ones at `location`: train/unsup of a folder; aclImdb*unsup*.tar* beside
/// an archive, CSV or folder; train/unsup in the archive itself. None is no error. Throws DataError with the
/// path where what is there is damaged, Interrupted.
UnlabelledReviews read_unlabelled(const DataLocation& location, const std::stop_token& stop);

}  // namespace rnnbench
