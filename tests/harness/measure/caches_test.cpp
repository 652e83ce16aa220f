#include "harness/measure/caches.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

/// What Linux says of one cache of a processor.
void write_cache(const TemporaryFolder& root, int processor, int index, const std::string& level,
                 const std::string& type, const std::string& size, const std::string& shared) {
  const std::string folder = fmt::format("sys/devices/system/cpu/cpu{}/cache/index{}/", processor, index);
  root.write(folder + "level", level);
  root.write(folder + "type", type);
  root.write(folder + "size", size);
  root.write(folder + "shared_cpu_list", shared);
}

/// Four processors: two share a third level, twice.
void write_machine(const TemporaryFolder& root) {
  for (int processor = 0; processor < 4; ++processor) {
    const std::string own = std::to_string(processor);
    write_cache(root, processor, 0, "1", "Data", "32K", own);
    write_cache(root, processor, 1, "1", "Instruction", "64K", own);
    write_cache(root, processor, 2, "2", "Unified", "1024K", own);
    write_cache(root, processor, 3, "3", "Unified", "32M", processor < 2 ? "0-1" : "2,3");
  }
}

std::string text_of(const std::vector<Cache>& caches) {
  std::string text;
  for (const Cache& cache : caches) {
    text += fmt::format("L{} {} by {} times {}\n", cache.level, cache.bytes, cache.shared_by, cache.count);
  }
  return text;
}

std::string text_of(const std::vector<WorkingSet>& sets) {
  std::string text;
  for (const WorkingSet& set : sets) text += fmt::format("{} {}x{}\n", set.level, set.threads, set.bytes);
  return text;
}

TEST(Caches, AreTheDataCachesOfTheFirstProcessor) {
  const TemporaryFolder root;
  write_machine(root);
  const std::vector<Cache> caches = read_caches(root.path());
  EXPECT_EQ(text_of(caches), "L1 32768 by 1 times 4\nL2 1048576 by 1 times 4\nL3 33554432 by 2 times 2\n");
  EXPECT_EQ(last_level_bytes(caches), std::size_t{2 * 32} << 20) << "all of the last level";
}

TEST(Caches, LeaveOutWhatCanNotBeRead) {
  const TemporaryFolder root;
  write_cache(root, 0, 0, "2", "Unified", "512", "0");
  write_cache(root, 0, 1, "1", "Data", "many", "0");
  write_cache(root, 0, 2, "none", "Data", "8K", "0");
  write_cache(root, 0, 3, "1", "Data", "8K", "nonsense");
  EXPECT_EQ(text_of(read_caches(root.path())), "L1 8192 by 1 times 1\nL2 512 by 1 times 1\n");
}

TEST(Caches, ComeFromTheLibraryWhereTheSystemSaysNothing) {
  const TemporaryFolder root;
  for (const Cache& cache : read_caches(root.path())) EXPECT_GT(cache.bytes, 0U);
  EXPECT_EQ(last_level_bytes({}), std::size_t{32} << 20);
}

TEST(WorkingSets, LieMidwayBetweenALevelAndTheOneBefore) {
  const std::vector<Cache> caches = {{1, 32 << 10, 1, 2}, {2, 1 << 20, 1, 2}, {3, 32 << 20, 2, 1}};
  EXPECT_EQ(text_of(working_sets(caches, 1, 600)), "L1 1x16384\nL2 1x540672\nL3 1x17301504\nmemory 1x600\n");
  EXPECT_EQ(text_of(working_sets(caches, 2, 600)), "L1 2x16384\nL2 2x540672\nL3 2x8912896\nmemory 2x300\n");
}

// Catches: a set for a third level whose share is smaller than the second level, where it would be.
TEST(WorkingSets, LeaveOutALevelThatIsNoLargerThanTheOneBefore) {
  const std::vector<Cache> caches = {{1, 32 << 10, 1, 4}, {2, 1 << 20, 1, 4}, {3, 4 << 20, 4, 1}};
  EXPECT_EQ(text_of(working_sets(caches, 4, 400)), "L1 4x16384\nL2 4x540672\nmemory 4x100\n");
  EXPECT_EQ(text_of(working_sets({}, 1, 400)), "memory 1x400\n");
}

}  // namespace
}  // namespace rnnbench
