#include "harness/core/trimmed.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(Trimmed, CutsSpacesAndTabsAtTheEndsOnly) {
  EXPECT_EQ(trimmed(" \t a \tb\t "), "a \tb");
  EXPECT_EQ(trimmed("a"), "a");
  EXPECT_EQ(trimmed("\na "), "\na");
}

TEST(Trimmed, LeavesNothingOfBlanks) {
  EXPECT_EQ(trimmed(" \t "), "");
  EXPECT_EQ(trimmed(""), "");
}

}  // namespace
}  // namespace rnnbench
