#include "harness/core/csv_blocks.hpp"

#include <fmt/format.h>

#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// Of a record, in bytes: no row of SQLite holds half of it.
constexpr std::size_t kLongestRecord = 2'000'000'000;

}  // namespace

CsvBlocks::CsvBlocks(std::filesystem::path path, std::stop_token stop)
    : path_(path), file_(std::move(path), std::move(stop)) {}

std::string_view CsvBlocks::next() {
  buffer_.erase(0, whole_);
  seen_ -= whole_;
  whole_ = 0;
  while (whole_ == 0) {
    if (!file_.read_more(buffer_)) {
      whole_ = seen_ = buffer_.size();
      return buffer_;
    }
    // A doubled quote within quotes closes and opens them again: nothing but the number of quotes counts.
    for (; seen_ < buffer_.size(); ++seen_) {
      if (buffer_[seen_] == '"') in_quotes_ = !in_quotes_;
      if (buffer_[seen_] == '\n' && !in_quotes_) whole_ = seen_ + 1;
    }
    if (whole_ == 0 && buffer_.size() > kLongestRecord) {
      throw DataError(fmt::format("{}: a record of more than 2000 MB", path_.string()));
    }
  }
  return std::string_view(buffer_).substr(0, whole_);
}

}  // namespace rnnbench
