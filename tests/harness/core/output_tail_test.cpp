#include "harness/core/output_tail.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(OutputTail, KeepsWhatIsShort) {
  OutputTail tail;
  tail.add("one\n");
  tail.add("tw");
  tail.add("o");
  EXPECT_EQ(tail.text(), "one\ntwo");
}

TEST(OutputTail, KeepsTheLastLines) {
  OutputTail tail;
  for (int line = 1; line <= 50; ++line) tail.add(std::to_string(line) + "\n");
  const std::string text = tail.text();
  EXPECT_EQ(text.substr(0, 3), "31\n");
  EXPECT_EQ(text.substr(text.size() - 3), "50\n");
}

TEST(OutputTail, KeepsNoMoreThanItsBytes) {
  OutputTail tail;
  for (int piece = 0; piece < 100; ++piece) tail.add(std::string(1000, 'x'));
  tail.add("end");
  EXPECT_EQ(tail.text().size(), OutputTail::kBytes);
  EXPECT_TRUE(tail.text().ends_with("xend"));
}

TEST(OutputTail, ForgetsWhenTold) {
  OutputTail tail;
  tail.add("one\n");
  tail.clear();
  EXPECT_EQ(tail.text(), "");
}

}  // namespace
}  // namespace rnnbench
