#include "results/query/replicates.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(Replicates, NumbersTrialsAndSeedsAsTheyCome) {
  Replicates replicates;
  EXPECT_EQ(replicates.place("a", 1, 10).number, 0U);
  EXPECT_EQ(replicates.place("b", 1, 11).number, 1U);
  EXPECT_EQ(replicates.place("a", 2, 12).number, 2U);
  EXPECT_EQ(replicates.place("b", 1, 13).number, 1U);
  EXPECT_EQ(replicates.trials(), 2U);
}

TEST(Replicates, TakesTheNewestRunInWhateverOrder) {
  Replicates replicates;
  EXPECT_TRUE(replicates.place("a", 1, 5).is_newest);
  EXPECT_FALSE(replicates.place("a", 1, 4).is_newest);
  EXPECT_TRUE(replicates.place("a", 1, 6).is_newest);
}

// Catches: seeds that don't rise taken for new ones, or for one another.
TEST(Replicates, FindsSeedsInWhateverOrder) {
  Replicates replicates;
  const std::vector<std::int64_t> seeds = {7, 3, -1, 9, 4, 100, 0, 8};
  for (std::size_t index = 0; index < seeds.size(); ++index) {
    EXPECT_EQ(replicates.place("a", seeds[index], 1).number, index);
  }
  for (std::size_t index = 0; index < seeds.size(); ++index) {
    EXPECT_EQ(replicates.place("a", seeds[index], 2).number, index);
  }
}

}  // namespace
}  // namespace rnnbench
