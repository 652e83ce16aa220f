#include "tests/harness/data/review_files.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "harness/data/official_layout.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

TestFolder::TestFolder() {
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  path_ = fs::path(testing::TempDir()) /
          fmt::format("rnnbench-{}-{}.{}", ::getpid(), test.test_suite_name(), test.name());
  fs::remove_all(path_);
  fs::create_directories(path_);
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<Member> sample_members() {
  return {
      {"aclImdb/", "", 'd'},
      {"aclImdb/imdb.vocab", "the\nand\n"},
      {"aclImdb/test/", "", 'd'},
      {"aclImdb/test/neg/0_2.txt", "Dull, dull, dull."},
      {"aclImdb/test/neg/1_1.txt", "She said \"no\".\nSo did I."},
      {"aclImdb/test/pos/0_10.txt", "Good\xFF one"},
      {"aclImdb/test/pos/1_7.txt", "\"\""},
      {"aclImdb/train/labeledBow.feat", "9 0:9"},
      {"aclImdb/train/neg/.0_9.txt", "not a review"},
      {"aclImdb/train/neg/0_3.txt", ""},
      {"aclImdb/train/neg/10_4.txt", "Caf\xC3\xA9, caf\xC3\xA9"},
      {"aclImdb/train/neg/2_1.txt", "line\r\nline\r\n"},
      {"aclImdb/train/neg/9_1.txt", "<br /><br />No."},
      {"aclImdb/train/pos/0_9.txt", "Yes,"},
      {"aclImdb/train/pos/10_8.txt", "Good one"},
      {"aclImdb/train/pos/2_10.txt", "Good one"},
      {"aclImdb/train/pos/9_7.txt", " spaces "},
      {"aclImdb/train/unsup/0_0.txt", "Good or bad?"},
  };
}

void write_archive(const fs::path& path, const std::vector<Member>& members, Compression compression) {
  archive* handle = archive_write_new();
  archive_write_set_format_ustar(handle);
  if (compression == Compression::kGzip) archive_write_add_filter_gzip(handle);
  if (compression == Compression::kXz) archive_write_add_filter_xz(handle);
  ASSERT_EQ(archive_write_open_filename(handle, path.c_str()), ARCHIVE_OK) << archive_error_string(handle);
  for (const Member& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, member.kind == 'd'   ? AE_IFDIR
                                      : member.kind == 's' ? AE_IFLNK
                                                           : AE_IFREG);
    if (member.kind == 's') archive_entry_set_symlink(entry, member.text.c_str());
    if (member.kind == 'l') archive_entry_set_hardlink(entry, member.text.c_str());
    const bool has_content = member.kind == 'f';
    archive_entry_set_size(entry, has_content ? static_cast<la_int64_t>(member.text.size()) : 0);
    ASSERT_EQ(archive_write_header(handle, entry), ARCHIVE_OK) << archive_error_string(handle);
    if (has_content) archive_write_data(handle, member.text.data(), member.text.size());
    archive_entry_free(entry);
  }
  ASSERT_EQ(archive_write_close(handle), ARCHIVE_OK) << archive_error_string(handle);
  archive_write_free(handle);
}

void write_gzip(const fs::path& path, std::string_view content) {
  archive* handle = archive_write_new();
  archive_write_set_format_raw(handle);
  archive_write_add_filter_gzip(handle);
  ASSERT_EQ(archive_write_open_filename(handle, path.c_str()), ARCHIVE_OK) << archive_error_string(handle);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(handle, entry);
  archive_write_data(handle, content.data(), content.size());
  archive_entry_free(entry);
  ASSERT_EQ(archive_write_close(handle), ARCHIVE_OK) << archive_error_string(handle);
  archive_write_free(handle);
}

void write_text(const fs::path& path, std::string_view content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

void write_folder(const fs::path& root, const std::vector<Member>& members) {
  for (const Member& member : members) {
    if (member.kind == 'd') {
      fs::create_directories(root / member.name);
    } else {
      write_text(root / member.name, member.text);
    }
  }
}

std::string as_csv(const std::vector<Member>& members) {
  std::string csv = "review,sentiment\r\n";
  for (const Member& member : members) {
    const auto name = parse_official_name(member.name, "sample");
    if (!name) continue;
    csv += '"';
    for (const char c : member.text) csv += c == '"' ? std::string("\"\"") : std::string(1, c);
    csv += name->label == 1 ? "\",positive\r\n" : "\",\"negative\"\r\n";
  }
  return csv;
}

std::vector<std::string> lines_of(const ReviewSet& reviews) {
  std::vector<std::string> lines;
  for (const Review& review : reviews.reviews()) {
    const char* part = review.part == Part::kTrain ? "train" : review.part == Part::kTest ? "test" : "none";
    lines.push_back(
        fmt::format("{} {} {}_{}: {}", part, review.label, review.id, review.rating, review.text));
  }
  return lines;
}

std::string data_error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const DataError& error) {
    return error.what();
  }
  ADD_FAILURE() << "no DataError was thrown";
  return "";
}

std::string real_data_folder() {
  const char* folder = std::getenv("RNNBENCH_DATA");
  return folder != nullptr ? folder : "";
}

}  // namespace rnnbench
