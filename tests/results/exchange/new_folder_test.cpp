#include "results/exchange/new_folder.hpp"

#include "harness/core/files.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;
using NewFolderTest = StoreTest;

TEST_F(NewFolderTest, AppearsWholeOrNotAtAll) {
  {
    NewFolder folder(folder_ / "a");
    write_file_atomically(folder.part() / "file", "x");
    EXPECT_FALSE(fs::exists(folder_ / "a"));
    folder.publish();
  }
  EXPECT_EQ(read_file(folder_ / "a" / "file"), "x");
  {
    NewFolder left(folder_ / "b");
    write_file_atomically(left.part() / "file", "x");
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(NewFolderTest, ReplacesNothingButAnEmptyFolder) {
  fs::create_directories(folder_ / "empty");
  NewFolder empty(folder_ / "empty" / "");
  empty.publish();
  write_file_atomically(folder_ / "full" / "file", "x");
  for (const char* name : {"full", "full/", "full/file"}) {
    EXPECT_THAT(message_of<EnvironmentError>([&] { NewFolder taken(folder_ / name); }),
                HasSubstr("exists already"))
        << name;
  }
  fs::create_symlink(folder_ / "none", folder_ / "link");
  EXPECT_THROW(NewFolder(folder_ / "link"), EnvironmentError);
}

// Catches: an export that fails with "Not a directory" after all of its work.
TEST_F(NewFolderTest, FillsAnEmptyFolderThatALinkNames) {
  fs::create_directories(folder_ / "elsewhere" / "empty");
  fs::create_symlink(folder_ / "elsewhere" / "empty", folder_ / "link");
  NewFolder folder(folder_ / "link" / "");
  write_file_atomically(folder.part() / "file", "x");
  folder.publish();
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(read_file(folder_ / "elsewhere" / "empty" / "file"), "x");
  EXPECT_THROW(NewFolder(folder_ / "link"), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
