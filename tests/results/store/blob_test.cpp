#include "results/store/blob.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

namespace rnnbench {
namespace {

TEST(Blob, IsLittleEndian) {
  const std::vector<std::int64_t> values{0x0102030405060708};
  EXPECT_EQ(as_blob(std::span(values)), "\x08\x07\x06\x05\x04\x03\x02\x01");
}

TEST(Blob, GivesBackWhatWentIn) {
  const std::vector<float> values{0.25F, -1.0F, 3e-30F};
  EXPECT_EQ(from_blob<float>(as_blob(std::span(values))), values);
}

TEST(Blob, LeavesOutAnUnfinishedNumber) {
  EXPECT_THAT(from_blob<float>(std::string_view("\0\0\0\0\1", 5)), testing::ElementsAre(0.0F));
  EXPECT_THAT(from_blob<float>(""), testing::IsEmpty());
}

}  // namespace
}  // namespace rnnbench
