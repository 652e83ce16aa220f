#pragma once

#include <filesystem>
#include <stop_token>

#include "harness/data/review_set.hpp"

namespace rnnbench {

/// Whether a file begins with the header `review,sentiment`.
bool has_review_header(const std::filesystem::path& path);

/// Reads a CSV with the columns `review,sentiment` (positive or negative), in row order; rows are numbered
/// from 0 and belong to no part. Throws DataError with file and line, Interrupted.
ReviewSet read_csv(const std::filesystem::path& path, const std::stop_token& stop);

}  // namespace rnnbench
