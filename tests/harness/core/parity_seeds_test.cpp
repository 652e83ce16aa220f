// Catches: nets that learned nothing taken for evidence, a chance that ignores unequal labels, one engine
// that learned taken for two that didn't.
#include "harness/core/parity_seeds.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

ParitySeeds seeds_of(double chance, std::vector<SeedAccuracies> accuracies) {
  ParitySeeds seeds;
  seeds.chance = chance;
  seeds.accuracies = std::move(accuracies);
  return seeds;
}

TEST(ParitySeeds, AreNearChanceWhereBothMeansAre) {
  EXPECT_TRUE(near_chance(seeds_of(0.5, {{1, 0.50, 0.54}, {2, 0.58, 0.53}})));
  EXPECT_FALSE(near_chance(seeds_of(0.5, {{1, 0.50, 0.54}, {2, 0.52, 0.70}})));
  EXPECT_FALSE(near_chance(seeds_of(0.5, {{1, 0.70, 0.50}, {2, 0.70, 0.50}})));
  EXPECT_TRUE(near_chance(seeds_of(0.7, {{1, 0.72, 0.74}})));
  EXPECT_TRUE(near_chance(seeds_of(0.5, {{1, 0, 0}})));
}

}  // namespace
}  // namespace rnnbench
