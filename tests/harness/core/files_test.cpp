#include "harness/core/files.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// Sets an environment variable for a test and puts it back.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old, had_ = true;
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  ~Variable() { had_ ? ::setenv(name_, old_.c_str(), 1) : ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string old_;
  bool had_ = false;
};

/// No file can grow past `bytes` meanwhile: what a full disk does to a writer.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

TEST(Files, ReadWhatWasWritten) {
  const TemporaryFolder folder;
  const std::string content = std::string("a\0\r\n\xff", 5) + std::string(200'000, 'x');
  write_file_atomically(folder.path() / "new" / "deeper" / "file", content);
  EXPECT_EQ(read_file(folder.path() / "new" / "deeper" / "file"), content);
  EXPECT_EQ(entries(folder.path() / "new" / "deeper"), 1U);
  EXPECT_EQ(read_file(folder.write("empty", "")), "");
}

TEST(Files, SayWhyTheyCannotBeRead) {
  const TemporaryFolder folder;
  const auto reason = [](const fs::path& path) {
    return message_of<EnvironmentError>([&] { read_file(path); });
  };
  EXPECT_THAT(reason(folder.path() / "absent"), AllOf(HasSubstr("/absent"), HasSubstr("No such file")));
  EXPECT_THAT(reason(folder.path()), HasSubstr("Is a directory"));
  EXPECT_THAT(reason(folder.write("file", "") / "below"), HasSubstr("Not a directory"));
  EXPECT_THAT(reason(std::string(5000, 'x')), HasSubstr("File name too long"));
  EXPECT_THAT(reason("/proc/self/mem"), HasSubstr("can't read /proc/self/mem: Input/output error"));
}

TEST(Files, ReplaceTheOldOneAtOnce) {
  const TemporaryFolder folder;
  const fs::path path = folder.write("file", "old");
  write_file_atomically(path, [&](std::ostream& out) {
    out << "new";
    out.flush();
    EXPECT_EQ(read_file(path), "old");
  });
  EXPECT_EQ(read_file(path), "new");
}

TEST(Files, KeepTheOldOneWhereTheWriterThrows) {
  const TemporaryFolder folder;
  const fs::path path = folder.write("file", "old");
  EXPECT_THROW(write_file_atomically(path,
                                     [](std::ostream& out) {
                                       out << "half";
                                       throw std::runtime_error("stop");
                                     }),
               std::runtime_error);
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(Files, KeepTheOldOneWhereTheDiskIsFull) {
  const TemporaryFolder folder;
  const fs::path path = folder.write("file", "old");
  const std::string message = message_of<EnvironmentError>([&] {
    const FileSizeLimit limit(4096);
    write_file_atomically(path, std::string(100'000, 'x'));
  });
  EXPECT_THAT(message, AllOf(HasSubstr("can't write " + path.string()), HasSubstr("File too large")));
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(Files, SayWhyTheyCannotBeWritten) {
  const TemporaryFolder folder;
  const fs::path file = folder.write("file", "");
  EXPECT_THAT(message_of<EnvironmentError>([&] { write_file_atomically(file / "below", "x"); }),
              HasSubstr("can't make folder " + file.string()));
  EXPECT_THAT(message_of<EnvironmentError>([&] { write_file_atomically(folder.path(), "x"); }),
              HasSubstr("can't write"));
  EXPECT_THAT(message_of<EnvironmentError>([&] { make_folder("/proc/absent/folder"); }),
              HasSubstr("/proc/absent/folder"));
}

TEST(Files, AreMapped) {
  const TemporaryFolder folder;
  const MappedFile mapped(folder.write("file", "abc"));
  ASSERT_EQ(mapped.bytes().size(), 3U);
  EXPECT_EQ(mapped.bytes()[2], std::byte{'c'});
  EXPECT_TRUE(MappedFile(folder.write("empty", "")).bytes().empty());
  EXPECT_THAT(message_of<EnvironmentError>([&] { MappedFile absent(folder.path() / "absent"); }),
              HasSubstr("/absent"));
  EXPECT_THAT(message_of<EnvironmentError>([&] { MappedFile mapped_folder(folder.path()); }),
              HasSubstr("Is a directory"));
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  EXPECT_THAT(message_of<EnvironmentError>([&] { MappedFile pipe(fmt::format("/dev/fd/{}", ends[0])); }),
              HasSubstr("is a pipe"));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Files, StayMappedWhenReplaced) {
  const TemporaryFolder folder;
  const fs::path path = folder.write("file", "abc");
  const MappedFile mapped(path);
  write_file_atomically(path, "");
  EXPECT_EQ(mapped.bytes()[0], std::byte{'a'});
}

TEST(Files, AreCachedWhereTheUserSays) {
  const Variable home("HOME", "/home/someone");
  {
    const Variable cache("XDG_CACHE_HOME", "/elsewhere");
    EXPECT_EQ(cache_folder(), "/elsewhere/rnnbench");
  }
  for (const char* unusable : {static_cast<const char*>(nullptr), "", "relative"}) {
    const Variable cache("XDG_CACHE_HOME", unusable);
    EXPECT_EQ(cache_folder(), "/home/someone/.cache/rnnbench");
    const Variable homeless("HOME", nullptr);
    EXPECT_THAT(message_of<EnvironmentError>([] { cache_folder(); }), HasSubstr("set XDG_CACHE_HOME"));
  }
}

TEST(ConfigFolder, IsWhereTheUserHasIt) {
  const Variable home("HOME", "/home/someone");
  {
    const Variable config("XDG_CONFIG_HOME", "/elsewhere");
    EXPECT_EQ(config_folder(), "/elsewhere/rnnbench");
  }
  for (const char* unusable : {static_cast<const char*>(nullptr), "", "relative"}) {
    const Variable config("XDG_CONFIG_HOME", unusable);
    EXPECT_EQ(config_folder(), "/home/someone/.config/rnnbench");
    const Variable homeless("HOME", nullptr);
    EXPECT_FALSE(config_folder());
  }
}

}  // namespace
}  // namespace rnnbench
