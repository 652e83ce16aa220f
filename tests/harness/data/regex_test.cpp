#include "harness/data/regex.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string replaced(const std::string& pattern, std::string_view text, std::string_view with) {
  std::string out = "left from before";
  Regex(pattern).replace_all(text, with, out);
  return out;
}

TEST(Regex, DeletesEveryMatchAndJoinsNeighbours) {
  EXPECT_EQ(replaced(R"(<?br\s*/?>|[0-9.,;:~<>@?]+)", "me.<br /><br />the 3rd, ok?", ""), "methe rd ok");
}

TEST(Regex, TakesTheReplacementLiterally) { EXPECT_EQ(replaced("(a)", "bab", "$1\\1"), "b$1\\1b"); }

TEST(Regex, LeavesEmptyMatchesAlone) {
  EXPECT_EQ(replaced("x*", "axxb", "-"), "a-b");
  EXPECT_EQ(replaced("(?=b)|\\b", "a b", "-"), "a b");
}

TEST(Regex, TakesEmptyTexts) { EXPECT_EQ(replaced("a", "", "-"), ""); }

TEST(Regex, MatchesCodePointsNotBytes) {
  EXPECT_EQ(replaced("[^a-z]", "a\xC3\xA9z", "-"), "a-z");
  EXPECT_EQ(replaced("\xC3\xA9", "caf\xC3\xA9", "e"), "cafe");
}

TEST(Regex, KeepsInvalidUtf8AndMatchesAroundIt) {
  EXPECT_EQ(replaced("[0-9.]+|[^a-z]", "a1\xFF.2b\xC3", ""),
            "a\xFF"
            "b\xC3");
  EXPECT_EQ(replaced("b",
                     "\xE2\x82"
                     "b\xF0\x9F",
                     "c"),
            "\xE2\x82"
            "c\xF0\x9F");
}

TEST(Regex, TakesNulBytes) {
  using namespace std::string_literals;
  EXPECT_EQ(replaced("b", "a\0b"s, ""), "a\0"s);
}

TEST(Regex, NamesTheOffsetOfAWrongPattern) {
  try {
    Regex("a(b");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("'a(b'"), HasSubstr("offset 3"), HasSubstr("parenthesis")));
  }
  EXPECT_THROW(Regex("[z-a]"), ConfigError);
  EXPECT_THROW(Regex("\xFF"), ConfigError);
}

TEST(Regex, EndsCatastrophicBacktrackingWithAnError) {
  EXPECT_THROW(replaced("(?:a+)+$", std::string(5000, 'a') + "b", ""), ConfigError);
}

}  // namespace
}  // namespace rnnbench
