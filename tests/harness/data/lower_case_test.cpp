#include "harness/data/lower_case.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

std::string lowered(std::string_view text) {
  std::string out = "left from before";
  lower_case(text, out);
  return out;
}

TEST(LowerCase, LowersAsciiInBlocksAndBesideThem) {
  const std::string text = "@AZ[`az{ THE QUICK BROWN FOX JUMPS OVER 13 LAZY DOGS";
  const std::string lower = "@az[`az{ the quick brown fox jumps over 13 lazy dogs";
  for (std::size_t start = 0; start < text.size(); ++start) {
    EXPECT_EQ(lowered(text.substr(start)), lower.substr(start));
  }
}

TEST(LowerCase, LowersOtherScripts) {
  EXPECT_EQ(lowered("\xC3\x89\xCE\xA3\xD0\x96"), "\xC3\xA9\xCF\x83\xD0\xB6");
  EXPECT_EQ(lowered(std::string(40, 'A') + "\xC3\x89" + std::string(40, 'B')),
            std::string(40, 'a') + "\xC3\xA9" + std::string(40, 'b'));
}

TEST(LowerCase, MapsCodePointsOneToOne) { EXPECT_EQ(lowered("\xC4\xB0"), "i"); }  // dotted capital I

TEST(LowerCase, KeepsBytesThatAreNoUtf8) {
  EXPECT_EQ(lowered("A\xFF"
                    "B\xC3"),
            "a\xFF"
            "b\xC3");
  EXPECT_EQ(lowered("\xED\xA0\x80Z"), "\xED\xA0\x80z");  // a surrogate
  EXPECT_EQ(lowered(""), "");
}

}  // namespace
}  // namespace rnnbench
