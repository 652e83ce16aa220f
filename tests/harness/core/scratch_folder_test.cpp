#include "harness/core/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

TEST(ScratchFolder, IsOnesOwnAndGoneAtTheEnd) {
  fs::path path;
  {
    const ScratchFolder one, other;
    path = one.path();
    EXPECT_NE(path, other.path());
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    write_file_atomically(path / "a" / "file", "x");
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(ScratchFolder, SaysWhereNoneCanBeMade) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TMPDIR", "/no/such/folder", 1);
  EXPECT_THAT(
      message_of<EnvironmentError>([] { ScratchFolder none; }),
      testing::HasSubstr("can't make a folder in /no/such/folder: No such file or directory; set TMPDIR"));
  before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
}

}  // namespace
}  // namespace rnnbench
