#include "harness/data/csv_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "harness/core/csv_records.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/data/official_layout.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> kHeader = {"review", "sentiment"};

[[noreturn]] void fail(const fs::path& path, std::size_t line, const std::string& what) {
  throw DataError(fmt::format("{}:{}: {}", path.string(), line, what));
}

std::uint8_t label_of(const std::string& sentiment, const fs::path& path, std::size_t line) {
  if (sentiment == "positive") return 1;
  if (sentiment == "negative") return 0;
  fail(path, line,
       fmt::format("unknown sentiment '{}'; it must be positive or negative", sentiment.substr(0, 40)));
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

bool has_review_header(const fs::path& path) {
  if (!fs::is_regular_file(path)) return false;
  std::ifstream file(path, std::ios::binary);
  std::array<char, 64> start{};
  file.read(start.data(), start.size());
  const std::string_view text(start.data(), static_cast<std::size_t>(file.gcount()));
  const std::string_view first_line = text.substr(0, text.find('\n'));
  try {
    std::vector<std::string> fields;
    return CsvRecords(first_line, path).next(fields) && fields == kHeader;
  } catch (const DataError&) {
    return false;
  }
}

ReviewSet read_csv(const fs::path& path, const std::stop_token& stop) {
  if (!fs::is_regular_file(path)) {
    throw DataError(path.string() + ": no such file; check the path given with --data");
  }
  const MappedFile file(path);
  CsvRecords records(as_text(file.bytes()), path);
  std::vector<std::string> fields;
  if (!records.next(fields) || fields != kHeader) {
    fail(path, records.line(), "the first line must be the header 'review,sentiment'");
  }
  ReviewSet reviews;
  while (records.next(fields)) {
    if (stop.stop_requested()) throw Interrupted();
    if (fields.size() != kHeader.size()) {
      fail(path, records.line(),
           fmt::format("{} columns where review,sentiment are expected; quote a review that holds a comma",
                       fields.size()));
    }
    if (fields[0].size() > kMostReviewBytes) fail(path, records.line(), "a review of more than 10 MB");
    reviews.add(fields[0], label_of(fields[1], path, records.line()), Part::kNone,
                static_cast<std::int32_t>(reviews.size()), 0);
  }
  if (reviews.size() == 0) fail(path, records.line(), "no review after the header; give a complete file");
  return reviews;
}

}  // namespace rnnbench
