// Catches: ties broken by their order, subsets of another size counted, a score used twice.
#include "harness/statistics/ranks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace rnnbench {
namespace {

using testing::ElementsAre;
using Scores = std::vector<std::int64_t>;

TEST(DoubledRanks, GiveTiesTheirMean) {
  EXPECT_THAT(doubled_ranks(std::vector<double>{30, 10, 20}), ElementsAre(6, 2, 4));
  EXPECT_THAT(doubled_ranks(std::vector<double>{5, 1, 5, 7, 5}), ElementsAre(6, 2, 6, 10, 6));
  EXPECT_THAT(doubled_ranks({}), ElementsAre());
}

TEST(DoubledRanks, TakeWhatLiesWithinTheToleranceForTies) {
  EXPECT_THAT(doubled_ranks(std::vector<double>{0.3, 0.1 + 0.2, 1}), ElementsAre(2, 4, 6));
  EXPECT_THAT(doubled_ranks(std::vector<double>{0.3, 0.1 + 0.2, 1}, 1e-12), ElementsAre(3, 3, 6));
}

// Of {1, 2, 3, 3}: 1+2, 1+3 twice, 2+3 twice, 3+3.
TEST(SubsetSums, CountEachSubsetOfTheSizeOnce) {
  EXPECT_THAT(subset_sums(Scores{1, 2, 3, 3}, 2), ElementsAre(0, 0, 0, 1, 2, 2, 1));
  EXPECT_THAT(subset_sums(Scores{1, 2, 3, 3}, 4), ElementsAre(0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
}

TEST(SignedSums, CountEverySubsetOnce) {
  EXPECT_THAT(signed_sums(Scores{1, 2, 2}), ElementsAre(1, 1, 2, 2, 1, 1));
}

TEST(Tails, HoldTheirOwnPointOnBothSides) {
  const std::vector<double> counts = {1, 2, 1};
  EXPECT_EQ(tails_at(counts, 0).at_most, 0.25);
  EXPECT_EQ(tails_at(counts, 1).at_most, 0.75);
  EXPECT_EQ(tails_at(counts, 1).at_least, 0.75);
  EXPECT_EQ(two_sided(tails_at(counts, 1)), 1);
  EXPECT_EQ(two_sided(tails_at(counts, 2)), 0.5);
  EXPECT_EQ(smallest_two_sided(counts), 0.5);
}

}  // namespace
}  // namespace rnnbench
