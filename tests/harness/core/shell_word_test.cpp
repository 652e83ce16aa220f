#include "harness/core/shell_word.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(ShellWord, HoldsAnything) {
  EXPECT_EQ(shell_word("a'b; c"), "'a'\\''b; c'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("HEAD~1"), "'HEAD~1'");
  EXPECT_EQ(shell_word("a\nb"), "'a\nb'");
}

TEST(ShellWord, LeavesPlainWordsAsTheyAre) {
  EXPECT_EQ(shell_word("training.batch=1"), "training.batch=1");
  EXPECT_EQ(shell_word("eigen,libtorch:cuda"), "eigen,libtorch:cuda");
  EXPECT_EQ(shell_word("../claims/1-m1.toml"), "../claims/1-m1.toml");
}

}  // namespace
}  // namespace rnnbench
