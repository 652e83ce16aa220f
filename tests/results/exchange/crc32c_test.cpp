#include "results/exchange/crc32c.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace rnnbench {
namespace {

TEST(Crc32c, IsThatOfRfc3720) {
  std::string rising(32, '\0');
  std::iota(rising.begin(), rising.end(), '\0');
  const std::string falling(rising.rbegin(), rising.rend());
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
  EXPECT_EQ(crc32c(rising), 0x46DD794EU);
  EXPECT_EQ(crc32c(falling), 0x113FDB5CU);
}

// Catches: a tail of less than eight bytes that is left out, or taken twice.
TEST(Crc32c, TakesBytesBesideWholeEights) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);  // the check value of catalogues of CRCs
  EXPECT_EQ(crc32c(""), 0U);
}

// RFC 3720 B.4's iSCSI read command.
TEST(Crc32c, IsThatOfACommand) {
  std::string command(48, '\0');
  command[0] = '\x01';
  command[1] = '\xC0';
  command[16] = '\x14';
  command[22] = '\x04';
  command[27] = '\x14';
  command[31] = '\x18';
  command[32] = '\x28';
  command[40] = '\x02';
  EXPECT_EQ(crc32c(command), 0xD9963A56U);
}

}  // namespace
}  // namespace rnnbench
