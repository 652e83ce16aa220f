#include "harness/core/utf8.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(Utf8, KnowsItFromOtherBytes) {
  for (const char* text : {"", "plain\n", "naïve 雪", "\xF4\x8F\xBF\xBF"}) EXPECT_TRUE(is_utf8(text)) << text;
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
  for (const char* text : {"\xFF", "\xC3", "a\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"})
    EXPECT_FALSE(is_utf8(text)) << text;
}

}  // namespace
}  // namespace rnnbench
