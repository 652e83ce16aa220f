#include "harness/core/memory_file.hpp"

#include <gtest/gtest.h>

#include <string>

#include "harness/core/child_process.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace {

std::span<const std::byte> bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

TEST(MemoryFile, HoldsWhatWasAdded) {
  MemoryFile file("numbers");
  file.add(bytes("one "));
  file.add(bytes(""));
  file.add(bytes("two"));
  EXPECT_EQ(read_file(file.path()), "one two");
}

TEST(MemoryFile, IsOpenedByOtherProcesses) {
  MemoryFile file("numbers");
  file.add(bytes("seen"));
  ChildProcess child({"/bin/sh", "-c", "cat \"$0\" >&3", file.path().string()});
  std::string said;
  while (said.size() < 4) child.take_messages(said);
  EXPECT_EQ(said, "seen");
}

TEST(MemoryFile, IsGoneWithTheObject) {
  std::filesystem::path path;
  {
    const MemoryFile file("numbers");
    path = file.path();
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace rnnbench
