#include "results/store/new_file.hpp"

#include <fstream>

#include "harness/core/files.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class NewFileTest : public StoreTest {};

TEST_F(NewFileTest, AppearsWhole) {
  const fs::path path = folder_ / "a" / "b";
  {
    NewFile file(path);
    std::ofstream(file.part()) << "content";
    EXPECT_FALSE(fs::exists(path));
    file.publish();
  }
  EXPECT_EQ(read_file(path), "content");
  EXPECT_EQ(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()), 1);
}

TEST_F(NewFileTest, LeavesNothingWhereItWasNotPublished) {
  {
    NewFile file(folder_ / "a");
    std::ofstream(file.part()) << "half";
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(NewFileTest, ReplacesNoneThatCameMeanwhile) {
  NewFile file(folder_ / "a");
  std::ofstream(file.part()) << "late";
  std::ofstream(folder_ / "a") << "first";
  EXPECT_THAT(message_of<EnvironmentError>([&] { file.publish(); }), HasSubstr("exists already"));
  EXPECT_EQ(read_file(folder_ / "a"), "first");
}

TEST_F(NewFileTest, RefusesADanglingLink) {
  fs::create_symlink(folder_ / "nowhere", folder_ / "a");
  EXPECT_THROW(NewFile(folder_ / "a"), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
