#include "harness/core/seeds.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>

namespace rnnbench {
namespace {

TEST(RunSeeds, AreDistinctWithinAndAcrossRuns) {
  std::set<std::uint64_t> seen;
  for (const std::uint64_t run : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3},
                                  std::uint64_t{1} << 53U, (std::uint64_t{1} << 62U) - 1}) {
    const RunSeeds seeds = run_seeds(run);
    seen.insert({seeds.initialisation, seeds.order, seeds.dropout});
  }
  EXPECT_EQ(seen.size(), 18U);
}

}  // namespace
}  // namespace rnnbench
