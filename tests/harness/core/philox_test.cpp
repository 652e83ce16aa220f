#include "harness/core/philox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace rnnbench {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Known answers: the file kat_vectors of the Random123 distribution (Salmon et al. 2011), philox4x32 10.
TEST(Philox, GivesTheAuthorsKnownAnswers) {
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, ReadsItsBlocksInOrder) {
  const std::uint64_t seed = 0x0123456789abcdef;
  const std::uint64_t stream = 0xfedcba9876543210;
  RandomStream random(seed, stream);
  for (std::uint32_t block = 0; block < 3; ++block) {
    for (const std::uint32_t word :
         philox4x32({block, 0, 0x76543210, 0xfedcba98}, {0x89abcdef, 0x01234567})) {
      EXPECT_EQ(random.next_word(), word);
    }
  }
}

// The first two words of seed 0, stream 0 are known answers; 27 and 26 of their bits make the fraction.
TEST(RandomStream, DrawsUniformNumbersOf53Bits) {
  RandomStream random(0, 0);
  const double high = 0x6627e8d5 >> 5U;
  const double low = 0xe169c58d >> 6U;
  EXPECT_EQ(random.uniform(), (high * 0x1p26 + low) / 0x1p53);
}

TEST(RandomStream, DrawsUniformNumbersEvenly) {
  RandomStream random(1, 2);
  std::array<int, 10> bins{};
  for (int i = 0; i < 100'000; ++i) {
    const double drawn = random.uniform();
    ASSERT_GE(drawn, 0);
    ASSERT_LT(drawn, 1);
    ++bins.at(static_cast<std::size_t>(drawn * 10));
  }
  for (const int count : bins) EXPECT_NEAR(count, 10'000, 5 * std::sqrt(9'000));
}

TEST(RandomStream, DrawsNormalNumbers) {
  RandomStream random(1, 2);
  constexpr int kDraws = 100'000;
  double sum = 0;
  double squares = 0;
  double cubes = 0;
  int within_one = 0;
  int within_two = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double drawn = random.normal();
    ASSERT_TRUE(std::isfinite(drawn));
    sum += drawn;
    squares += drawn * drawn;
    cubes += drawn * drawn * drawn;
    within_one += std::abs(drawn) < 1 ? 1 : 0;
    within_two += std::abs(drawn) < 2 ? 1 : 0;
  }
  const double error = 1 / std::sqrt(kDraws);
  EXPECT_NEAR(sum / kDraws, 0, 5 * error);
  EXPECT_NEAR(squares / kDraws, 1, 5 * std::sqrt(2) * error);
  EXPECT_NEAR(cubes / kDraws, 0, 5 * std::sqrt(15) * error);
  EXPECT_NEAR(within_one / double{kDraws}, std::erf(1 / std::sqrt(2)), 5 * 0.47 * error);
  EXPECT_NEAR(within_two / double{kDraws}, std::erf(2 / std::sqrt(2)), 5 * 0.21 * error);
}

// Without rejection a multiple of 3 comes up half the time for this bound, and with a remainder instead of
// the product the lowest third does.
TEST(RandomStream, DrawsBelowABoundWithoutBias) {
  constexpr std::uint32_t kBound = 0xC0000000;
  constexpr int kDraws = 30'000;
  RandomStream random(3, 4);
  int multiples = 0;
  int low = 0;
  for (int i = 0; i < kDraws; ++i) {
    const std::uint32_t drawn = random.below(kBound);
    ASSERT_LT(drawn, kBound);
    multiples += drawn % 3 == 0 ? 1 : 0;
    low += drawn < kBound / 3 ? 1 : 0;
  }
  const double five_errors = 5 * std::sqrt(2.0 / 9 / kDraws);
  EXPECT_NEAR(multiples / double{kDraws}, 1.0 / 3, five_errors);
  EXPECT_NEAR(low / double{kDraws}, 1.0 / 3, five_errors);
}

TEST(RandomStream, DrawsEveryNumberBelowASmallBound) {
  RandomStream random(3, 4);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70'000; ++i) ++counts.at(random.below(7));
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 5 * std::sqrt(10'000 * 6.0 / 7));
  EXPECT_EQ(random.below(1), 0U);
}

TEST(RandomStream, DiffersInEveryBitOfSeedAndStream) {
  std::map<std::uint32_t, int> first_words;
  for (unsigned bit = 0; bit < 64; ++bit) {
    ++first_words[RandomStream(std::uint64_t{1} << bit, 0).next_word()];
    ++first_words[RandomStream(0, std::uint64_t{1} << bit).next_word()];
  }
  EXPECT_EQ(first_words.size(), 128U);
}

TEST(Shuffle, GivesTheSameOrderForTheSameStream) {
  const auto shuffled = [](std::uint64_t stream) {
    std::vector<int> values(100);
    std::iota(values.begin(), values.end(), 0);
    RandomStream random(5, stream);
    shuffle(values, random);
    return values;
  };
  EXPECT_EQ(shuffled(1), shuffled(1));
  EXPECT_NE(shuffled(1), shuffled(2));
  std::vector<int> sorted = shuffled(1);
  std::sort(sorted.begin(), sorted.end());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(sorted[static_cast<std::size_t>(i)], i);
}

// Catches Sattolo's variant (no element stays) and an index drawn over all elements each time.
TEST(Shuffle, GivesEveryOrderEquallyOften) {
  RandomStream random(5, 6);
  std::map<std::string, int> counts;
  for (int i = 0; i < 60'000; ++i) {
    std::string letters = "abc";
    shuffle(letters, random);
    ++counts[letters];
  }
  ASSERT_EQ(counts.size(), 6U);
  for (const auto& [order, count] : counts)
    EXPECT_NEAR(count, 10'000, 5 * std::sqrt(10'000 * 5.0 / 6)) << order;
}

TEST(Shuffle, LeavesNothingAndOneAlone) {
  RandomStream random(5, 6);
  std::vector<int> none;
  std::vector<int> one = {7};
  shuffle(none, random);
  shuffle(one, random);
  EXPECT_EQ(one, std::vector<int>{7});
  EXPECT_EQ(random.next_word(), RandomStream(5, 6).next_word()) << "nothing needed to be drawn";
}

}  // namespace
}  // namespace rnnbench
