#include "harness/measure/loader_cache.hpp"

#include <gmock/gmock.h>

#include <cstdint>

#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::string number(std::uint32_t value) { return {reinterpret_cast<const char*>(&value), sizeof value}; }

/// A cache of two libraries, the second one for another kind of C library.
std::string small_cache() {
  const std::string names = std::string("liba.so\0/opt/liba.so\0libb.so\0/opt/libb.so", 41) + '\0';
  const std::uint32_t texts = 48 + 2 * 24;
  const auto entry = [&](std::uint32_t flags, std::uint32_t name, std::uint32_t path) {
    return number(flags) + number(texts + name) + number(texts + path) + std::string(12, '\0');
  };
  return "glibc-ld.so.cache1.1" + number(2) + number(static_cast<std::uint32_t>(names.size())) +
         std::string(20, '\0') + entry(0x303, 0, 8) + entry(0x301, 21, 29) + names;
}

TEST(LoaderCache, GivesWhereLibrariesAre) {
  const TemporaryFolder folder;
  EXPECT_THAT(read_loader_cache(folder.write("cache", small_cache())),
              ElementsAre(Pair("liba.so", "/opt/liba.so")));
  EXPECT_THAT(read_loader_cache(folder.write("cache", std::string("ld.so-1.7.0 and so on") + small_cache())),
              ElementsAre(Pair("liba.so", "/opt/liba.so")));
}

TEST(LoaderCache, KnowsThisMachinesLibraries) {
  const auto libraries = read_loader_cache();
  if (libraries.empty()) GTEST_SKIP() << "this machine has no cache in that format";
  const auto found = libraries.find("libm.so.6");
  ASSERT_NE(found, libraries.end());
  EXPECT_TRUE(std::filesystem::exists(found->second));
}

// Under the address sanitizer: no cut and no changed byte makes it read outside of the file.
TEST(LoaderCache, LeavesOutWhatIsDamaged) {
  const TemporaryFolder folder;
  EXPECT_THAT(read_loader_cache("/nowhere/cache"), IsEmpty());
  EXPECT_THAT(read_loader_cache(folder.write("cache", "something else")), IsEmpty());
  const std::string whole = small_cache();
  for (std::size_t length = 0; length < 96 + 21; ++length) {
    EXPECT_THAT(read_loader_cache(folder.write("cache", whole.substr(0, length))), IsEmpty()) << length;
  }
  for (std::size_t at = 20; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = '\xff';
    EXPECT_LE(read_loader_cache(folder.write("cache", changed)).size(), 2U) << at;
  }
}

}  // namespace
}  // namespace rnnbench
