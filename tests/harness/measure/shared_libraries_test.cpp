#include "harness/measure/shared_libraries.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "harness/core/error.hpp"
#include "tests/support/small_elf.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SharedLibraries : public testing::Test {
 protected:
  SharedLibraries() { ::unsetenv("LD_LIBRARY_PATH"); }
  ~SharedLibraries() override { ::unsetenv("LD_LIBRARY_PATH"); }

  /// "name=folder" of what a/main.so needs, with "MISSING" for a folder, or the loader's name for itself.
  std::vector<std::string> needs() const {
    std::vector<std::string> found;
    for (const NeededLibrary& library : needed_libraries(folder_.path() / "a/main.so")) {
      const std::string where = library.path.parent_path().lexically_relative(folder_.path()).string();
      found.push_back(library.name + "=" + (library.missing() ? "MISSING" : where));
    }
    return found;
  }
  TemporaryFolder folder_;
};

TEST_F(SharedLibraries, AreFoundFromWhereTheLibraryLies) {
  folder_.write("a/main.so", small_elf({"liba.so", "libb.so"}, "$ORIGIN/../b:${ORIGIN}"));
  folder_.write("a/liba.so", small_elf({}));
  folder_.write("b/libb.so", small_elf({}));
  EXPECT_THAT(needs(), ElementsAre("liba.so=a", "libb.so=b"));
}

TEST_F(SharedLibraries, AllThatAreMissingAreNamedWithWhoNeedsThem) {
  folder_.write("a/main.so", small_elf({"libnone-1.so", "liba.so", "libnone-2.so"}, "$ORIGIN"));
  folder_.write("a/liba.so", small_elf({"libnone-3.so", "libnone-1.so"}));
  EXPECT_THAT(needs(), ElementsAre("libnone-1.so=MISSING", "liba.so=a", "libnone-2.so=MISSING",
                                   "libnone-3.so=MISSING"));
  EXPECT_EQ(needed_libraries(folder_.path() / "a/main.so").at(3).needed_by, "liba.so");
}

TEST_F(SharedLibraries, CirclesEnd) {
  folder_.write("a/main.so", small_elf({"liba.so", "main.so"}, "$ORIGIN"));
  folder_.write("a/liba.so", small_elf({"main.so", "libb.so"}));
  folder_.write("a/libb.so", small_elf({"liba.so", "libb.so"}));
  EXPECT_THAT(needs(), ElementsAre("liba.so=a", "libb.so=a"));
}

// The loader searches DT_RPATH for what a library's libraries need too, DT_RUNPATH for its own only.
TEST_F(SharedLibraries, RpathIsInheritedAndRunpathIsNot) {
  folder_.write("b/liba.so", small_elf({"libb.so"}));
  folder_.write("b/libb.so", small_elf({}));
  folder_.write("a/main.so", small_elf({"liba.so"}, "$ORIGIN/../b"));
  EXPECT_THAT(needs(), ElementsAre("liba.so=b", "libb.so=b"));
  folder_.write("a/main.so", small_elf({"liba.so"}, "", "$ORIGIN/../b"));
  EXPECT_THAT(needs(), ElementsAre("liba.so=b", "libb.so=MISSING"));
  folder_.write("a/main.so", small_elf({"liba.so"}, "$ORIGIN/../b", ""));
  folder_.write("b/liba.so", small_elf({"libb.so"}, "", "/nowhere"));
  EXPECT_THAT(needs(), ElementsAre("liba.so=b", "libb.so=MISSING"));
}

TEST_F(SharedLibraries, TheEnvironmentStandsBetweenRpathAndRunpath) {
  folder_.write("b/liba.so", small_elf({}));
  folder_.write("c/liba.so", small_elf({}));
  ::setenv("LD_LIBRARY_PATH", ("/nowhere:" + (folder_.path() / "c").string()).c_str(), 1);
  folder_.write("a/main.so", small_elf({"liba.so"}, "$ORIGIN/../b"));
  EXPECT_THAT(needs(), ElementsAre("liba.so=b"));
  folder_.write("a/main.so", small_elf({"liba.so"}, "", "$ORIGIN/../b"));
  EXPECT_THAT(needs(), ElementsAre("liba.so=c"));
}

TEST_F(SharedLibraries, WhatIsInNoneOfTheseFoldersIsTakenFromTheLoaders) {
  folder_.write("a/main.so", small_elf({"libm.so.6"}, "$ORIGIN"));
  const auto all = needed_libraries(folder_.path() / "a/main.so");
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all[0].path.is_absolute());
  EXPECT_EQ(all[0].path.filename(), "libm.so.6");
}

TEST_F(SharedLibraries, ADamagedOneIsMissingWithTheReason) {
  folder_.write("a/main.so", small_elf({"liba.so"}, "$ORIGIN:$ORIGIN/../b"));
  folder_.write("a/liba.so", small_elf({"libb.so"}).substr(0, 100));
  const auto all = needed_libraries(folder_.path() / "a/main.so");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].missing());
  EXPECT_THAT(all[0].problem, HasSubstr("cut off"));
  folder_.write("b/liba.so", small_elf({}));
  const auto better = needed_libraries(folder_.path() / "a/main.so");
  EXPECT_FALSE(better.at(0).missing());
  EXPECT_THAT(better.at(0).problem, IsEmpty());
}

TEST_F(SharedLibraries, TheLibraryItselfMustBeReadable) {
  EXPECT_THROW(needed_libraries(folder_.path() / "a/main.so"), EnvironmentError);
  folder_.write("a/main.so", "no library");
  EXPECT_THROW(needed_libraries(folder_.path() / "a/main.so"), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
