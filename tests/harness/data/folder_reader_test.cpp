#include "harness/data/folder_reader.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "harness/data/archive_reader.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class FolderReader : public testing::Test {
 protected:
  std::string error_of() {
    return data_error_of([&] { read_folder(folder_.path() / "aclImdb", std::stop_token()); });
  }
  TestFolder folder_;
};

TEST_F(FolderReader, GivesWhatTheArchiveGives) {
  write_archive(folder_.path() / "a.tar.xz", sample_members(), Compression::kXz);
  write_folder(folder_.path(), sample_members());
  EXPECT_EQ(lines_of(read_folder(folder_.path() / "aclImdb", std::stop_token())),
            lines_of(read_archive(folder_.path() / "a.tar.xz", std::stop_token())));
}

TEST_F(FolderReader, NamesAMissingPart) {
  write_folder(folder_.path(), sample_members());
  std::filesystem::remove_all(folder_.path() / "aclImdb/test/pos");
  EXPECT_THAT(error_of(), HasSubstr("aclImdb/test/pos"));
}

TEST_F(FolderReader, RefusesAFolderWithoutReviews) {
  for (const char* part : kOfficialFolders) {
    std::filesystem::create_directories(folder_.path() / "aclImdb" / part);
  }
  EXPECT_THAT(error_of(), HasSubstr("no labelled reviews"));
}

// Catches: a pipe that is opened and never answers, a review of any size.
TEST_F(FolderReader, RefusesWhatIsNoReview) {
  write_folder(folder_.path(), sample_members());
  const std::filesystem::path path = folder_.path() / "aclImdb/train/pos/77_9.txt";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_THAT(error_of(), HasSubstr("77_9.txt"));
  std::filesystem::remove(path);
  std::filesystem::create_symlink("nowhere", path);
  EXPECT_THAT(error_of(), HasSubstr("77_9.txt"));
  std::filesystem::remove(path);
  write_text(path, "");
  std::filesystem::resize_file(path, 10'000'001);
  EXPECT_THAT(error_of(), HasSubstr("10000001 bytes"));
}

TEST_F(FolderReader, StopsWhenAsked) {
  write_folder(folder_.path(), sample_members());
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(read_folder(folder_.path() / "aclImdb", source.get_token()), Interrupted);
}

}  // namespace
}  // namespace rnnbench
