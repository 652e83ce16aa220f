#include "results/store/merge_files.hpp"

#include "harness/core/files.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

class MergeFilesTest : public StoreTest {};

TEST_F(MergeFilesTest, NamesFromADatabaseStayInTheFolder) {
  const std::filesystem::path source = folder_ / "a.db", target = folder_ / "b.db";
  write_file_atomically(folder_ / "a.files" / "w.safetensors", "w");
  MergeReport report;
  EXPECT_EQ(merge_file(source, target, "../../uid\x1b", "../kind", {"a.files/w.safetensors", sha256_hex("w")},
                       report),
            "b.files/______uid_-___kind.safetensors");
  EXPECT_EQ(report.files, 1);
  EXPECT_EQ(
      merge_file(source, target, "uid", "vocabulary", {"a.files/w.safetensors", sha256_hex("w")}, report),
      "b.files/w.json");
  EXPECT_EQ(report.files, 2);
}

TEST_F(MergeFilesTest, PathsThatLeaveTheFolderAreTold) {
  for (const char* path : {"", "/etc/passwd", "../a", "a/../../b"}) EXPECT_FALSE(stays_within(path)) << path;
  for (const char* path : {"a", "a/b", "..a/b"}) EXPECT_TRUE(stays_within(path)) << path;
}

TEST_F(MergeFilesTest, SoundIsWhatHasTheSha256) {
  write_file_atomically(folder_ / "a", "a");
  EXPECT_TRUE(is_sound(folder_ / "a", sha256_hex("a")));
  EXPECT_FALSE(is_sound(folder_ / "a", sha256_hex("b")));
  EXPECT_FALSE(is_sound(folder_ / "none", sha256_hex("a")));
  EXPECT_FALSE(is_sound(folder_, sha256_hex("a")));
}

}  // namespace
}  // namespace rnnbench
