#include "results/exchange/packed_text.hpp"

#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "results/exchange/base64.hpp"

namespace rnnbench {
namespace {

TEST(PackedText, GivesTheSameBytesAgain) {
  std::string many;
  for (unsigned i = 0; i < 300'000; ++i) many += static_cast<char>(i * 2654435761U >> 13U);
  for (const std::string& bytes :
       {std::string("a"), std::string("\0\xff\n", 3), std::string(1'000'000, 'x'), many}) {
    const std::string text = packed_text(bytes);
    EXPECT_EQ(unpacked_text(text), bytes);
    EXPECT_EQ(packed_text(bytes), text);
  }
  EXPECT_LT(packed_text(std::string(1'000'000, 'x')).size(), 10'000U);
}

// Catches: gzip's checksum, which libarchive does not look at.
TEST(PackedText, RefusesOneThatWasCutOrChanged) {
  const std::string text = packed_text("the record of a run, long enough to be compressed, compressed");
  EXPECT_THROW(unpacked_text(text.substr(0, text.size() - 4)), EnvironmentError);
  for (std::size_t i = 0; i + 16 < text.size(); ++i) {  // gzip's own end holds its checksum and length
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    try {
      EXPECT_EQ(unpacked_text(changed), unpacked_text(text)) << i;  // of the header's unused bits
    } catch (const EnvironmentError&) {
    }
  }
  for (const char* none : {"", "short", "0123456789abcdef", "0123456789abcdefQUJD", "0123456789abcdef****"}) {
    EXPECT_THROW(unpacked_text(none), EnvironmentError) << none;
  }
  std::string other = text;
  other[0] = other[0] == '0' ? '1' : '0';
  EXPECT_THROW(unpacked_text(other), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
