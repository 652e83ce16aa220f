#include "results/store/file_system.hpp"

#include <sqlite3.h>

#include "results/store/connection.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class FileSystemTest : public StoreTest {};

TEST_F(FileSystemTest, WarnsOnNetworkFileSystemsWithReasonAndRemedy) {
  for (const std::string type : {"nfs", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "lustre"}) {
    const auto warning = network_warning(path_, [&](const auto&) { return type; });
    ASSERT_TRUE(warning) << type;
    EXPECT_THAT(*warning, AllOf(HasSubstr(path_.string()), HasSubstr("(" + type + ")"), HasSubstr("shared"),
                                HasSubstr("--db"), HasSubstr("rnnbench merge")));
  }
}

TEST_F(FileSystemTest, SaysNothingOnLocalOnes) {
  for (const std::string type : {"ext4", "xfs", "btrfs", "tmpfs", "0xef53", "fuse.ntfs-3g", "fuseblk", ""}) {
    EXPECT_FALSE(network_warning(path_, [&](const auto&) { return type; })) << type;
  }
}

TEST_F(FileSystemTest, AsksAboutTheNearestFolderThatIsThere) {
  EXPECT_EQ(file_system_type("/proc/self/no/such/folder.db"), file_system_type("/proc"));
  EXPECT_NE(file_system_type("/proc"), "");
}

/// SQLite without shared memory, as on a file system that has none.
class NoSharedMemory {
 public:
  NoSharedMemory() : usual_(sqlite3_vfs_find(nullptr)) {
    sqlite3_vfs_register(sqlite3_vfs_find("unix-dotfile"), 1);
  }
  ~NoSharedMemory() { sqlite3_vfs_register(usual_, 1); }
  NoSharedMemory(const NoSharedMemory&) = delete;
  NoSharedMemory& operator=(const NoSharedMemory&) = delete;

 private:
  sqlite3_vfs* usual_;
};

TEST_F(FileSystemTest, RefusesWhereTheLogCannotWork) {
  const NoSharedMemory none;
  EXPECT_THAT(message_of<StoreError>([&] { open_for_writing(path_); }),
              AllOf(HasSubstr(path_.string()), HasSubstr("no shared memory"), HasSubstr("local disk")));
}

}  // namespace
}  // namespace rnnbench
