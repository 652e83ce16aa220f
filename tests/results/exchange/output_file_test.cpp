#include "results/exchange/output_file.hpp"

#include <sys/resource.h>

#include <csignal>

#include "harness/core/files.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;
using OutputFileTest = StoreTest;

TEST_F(OutputFileTest, AppearsWholeOrNotAtAll) {
  {
    OutputFile file(folder_ / "a");
    file.write("one ");
    file.write("two");
    EXPECT_FALSE(fs::exists(folder_ / "a"));
    file.publish();
    OutputFile left(folder_ / "b");
    left.write("x");
  }
  EXPECT_EQ(read_file(folder_ / "a"), "one two");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  EXPECT_THROW(OutputFile(folder_ / "a"), EnvironmentError);
}

// Catches: a write that failed and is not noticed.
TEST_F(OutputFileTest, SaysWhereTheDiskIsFull) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{10'000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string message = message_of<EnvironmentError>([&] {
    OutputFile file(folder_ / "a");
    for (int i = 0; i < 100; ++i) file.write(std::string(1'000, 'x'));
    file.publish();
  });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(message, HasSubstr("can't write " + (folder_ / "a").string()));
  EXPECT_TRUE(fs::is_empty(folder_));
}

}  // namespace
}  // namespace rnnbench
