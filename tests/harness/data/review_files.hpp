#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/data/review_set.hpp"

namespace rnnbench {

/// A folder of this test alone, empty, removed at the end.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Member {
  std::string name;
  std::string text;
  char kind = 'f';  ///< f: file, d: folder, l: hard link to `text`, s: symbolic link to `text`
};

/// Twelve reviews with every trap of the formats in them (commas, quotes, newlines, CRLF, invalid UTF-8,
/// an empty one, a duplicate), in the order of a file system that sorts names, and members to pass over.
std::vector<Member> sample_members();

enum class Compression { kNone, kGzip, kXz };
void write_archive(const std::filesystem::path& path, const std::vector<Member>& members,
                   Compression compression);
/// `content` in one gzip member.
void write_gzip(const std::filesystem::path& path, std::string_view content);
void write_folder(const std::filesystem::path& root, const std::vector<Member>& members);
void write_text(const std::filesystem::path& path, std::string_view content);
/// The labelled reviews of `members` as an RFC 4180 file, every field quoted.
std::string as_csv(const std::vector<Member>& members);

/// "train 1 0_7: text" for each review, in order.
std::vector<std::string> lines_of(const ReviewSet& reviews);

/// The message of the DataError that `action` throws; a failure and "" where it throws none.
std::string data_error_of(const std::function<void()>& action);

/// $RNNBENCH_DATA, or "" where it isn't set.
std::string real_data_folder();

}  // namespace rnnbench
