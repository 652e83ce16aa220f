#include "harness/data/encoded_image.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

const std::string kKey(64, 'k');
using Bytes = std::vector<std::byte>;

Bytes small_image() {
  const ImageFacts facts{
      kKey, {2, 0, 1}, {std::string(64, 'a'), std::string(64, 'b'), std::string(64, 'c')}, 2, 9, 3, true};
  EncodedImage image(facts, std::vector<std::string_view>{"film", "", std::string_view("a\0b", 3)});
  std::ranges::copy(std::vector<std::int32_t>{1, 2, 3, 4, 5, 6}, image.ids().begin());
  std::ranges::copy(std::vector<std::int32_t>{2, 1, 0}, image.lengths().begin());
  std::ranges::copy(std::vector<std::uint8_t>{0, 1, 1}, image.labels().begin());
  std::ranges::copy(std::vector<std::uint8_t>{0, 10, 7}, image.ratings().begin());
  std::ranges::copy(std::vector<std::uint32_t>{300, 2, 70000}, image.plain_words().begin());
  image.seal();
  return {image.bytes().begin(), image.bytes().end()};
}

EncodedData open(const Bytes& bytes, const std::string& key = kKey) {
  return open_image(nullptr, bytes, key);
}

TEST(EncodedImage, GivesBackWhatWasPutIn) {
  const Bytes bytes = small_image();
  const EncodedData data = open(bytes);
  EXPECT_EQ(data.time, 2);
  EXPECT_EQ(data.vocabulary, 9);
  EXPECT_EQ(data.padding_id, 3);
  EXPECT_TRUE(data.padded_at_front);
  EXPECT_THAT(data.words, ElementsAre("film", "", std::string("a\0b", 3)));
  EXPECT_THAT(data.train.ids, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(data.train.lengths, ElementsAre(2, 1));
  EXPECT_THAT(data.train.labels, ElementsAre(0, 1));
  EXPECT_EQ(data.train.digest, std::string(64, 'a'));
  EXPECT_EQ(data.validation.reviews(), 0U);
  EXPECT_EQ(data.validation.digest, std::string(64, 'b'));
  EXPECT_THAT(data.test.ids, ElementsAre(5, 6));
  EXPECT_THAT(data.test.labels, ElementsAre(1));
  EXPECT_THAT(data.train.ratings, ElementsAre(0, 10));
  EXPECT_THAT(data.train.plain_words, ElementsAre(300, 2));
  EXPECT_THAT(data.test.ratings, ElementsAre(7));
  EXPECT_THAT(data.test.plain_words, ElementsAre(70000));
}

TEST(EncodedImage, NoticesEveryFlippedBit) {
  const Bytes sound = small_image();
  for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
    Bytes damaged = sound;
    damaged[bit / 8] ^= std::byte{1} << (bit % 8);
    ASSERT_THROW(open(damaged), DataError) << "bit " << bit;
  }
}

TEST(EncodedImage, NoticesAnyOtherSize) {
  const Bytes sound = small_image();
  for (std::size_t size = 0; size < sound.size(); ++size) {
    ASSERT_THROW(open(Bytes(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(size))), DataError)
        << size;
  }
  Bytes longer = sound;
  longer.push_back(std::byte{0});
  EXPECT_THROW(open(longer), DataError);
}

TEST(EncodedImage, SaysWhatIsWrong) {
  const auto says = [](Bytes bytes, const std::string& key, const std::string& reason) {
    EXPECT_THAT([&] { open(bytes, key); }, ThrowsMessage<DataError>(HasSubstr(reason)));
  };
  Bytes bytes = small_image();
  says({}, kKey, "shorter than its header");
  says(bytes, std::string(64, 'x'), "other data or another recipe");
  bytes[8] ^= std::byte{2};
  says(bytes, kKey, "another version");
  bytes[0] = std::byte{'X'};
  says(bytes, kKey, "no file of encoded reviews");
  bytes = small_image();
  bytes.back() ^= std::byte{1};
  says(bytes, kKey, "checksum");
}

}  // namespace
}  // namespace rnnbench
