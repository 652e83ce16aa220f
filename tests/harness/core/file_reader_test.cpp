#include "harness/core/file_reader.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <thread>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

std::string all_of(FileReader& reader) {
  std::string text;
  while (reader.read_more(text)) {
  }
  return text;
}

/// A pipe, its end for reading as a path.
struct Pipe {
  Pipe() { EXPECT_EQ(::pipe(ends), 0); }
  ~Pipe() {
    for (const int each : ends) ::close(each);
  }
  std::string path() const { return fmt::format("/dev/fd/{}", ends[0]); }
  int ends[2] = {-1, -1};
};

TEST(FileReader, ReadsToTheEndInPieces) {
  const TemporaryFolder folder;
  std::string text(3'000'000, 'a');
  text[2'500'000] = '\0';
  FileReader reader(folder.write("file", text));
  std::string first;
  ASSERT_TRUE(reader.read_more(first));
  EXPECT_LE(first.size(), std::size_t{1} << 20);
  EXPECT_TRUE(first + all_of(reader) == text);
  FileReader empty(folder.write("empty", ""));
  EXPECT_EQ(all_of(empty), "");
}

TEST(FileReader, ReadsAPipe) {
  Pipe pipe;
  FileReader reader(pipe.path());
  ASSERT_EQ(::write(pipe.ends[1], "abc", 3), 3);
  std::string text;
  ASSERT_TRUE(reader.read_more(text));
  EXPECT_EQ(text, "abc");
  ::close(std::exchange(pipe.ends[1], -1));
  EXPECT_FALSE(reader.read_more(text));
}

// Catches: a file that is shortened while it is read, and takes the process with it (SIGBUS).
TEST(FileReader, EndsWhereTheFileWasCut) {
  const TemporaryFolder folder;
  const auto file = folder.write("file", std::string(3'000'000, 'a'));
  FileReader reader(file);
  std::string text;
  ASSERT_TRUE(reader.read_more(text));
  std::filesystem::resize_file(file, text.size() + 10);
  EXPECT_EQ(all_of(reader).size(), 10U);
}

TEST(FileReader, SaysWhatItCannotRead) {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::filesystem::path& path) {
    return message_of<EnvironmentError>([&] { FileReader reader(path); });
  };
  EXPECT_THAT(refusal(folder.path()), HasSubstr("is a folder; give a file"));
  EXPECT_THAT(refusal(folder.path() / "absent"), HasSubstr("can't read " + folder.path().string()));
}

TEST(FileReader, StopsWaitingWhereItIsAskedTo) {
  const Pipe pipe;
  std::stop_source stop;
  FileReader reader(pipe.path(), stop.get_token());
  const std::jthread later([&] { stop.request_stop(); });
  std::string text;
  EXPECT_THROW(reader.read_more(text), Interrupted);
}

}  // namespace
}  // namespace rnnbench
