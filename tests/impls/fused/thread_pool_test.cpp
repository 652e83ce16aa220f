#include "impls/fused/thread_pool.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace rnnbench::fused {
namespace {

// Catches: a piece that is taken twice or by nobody, a loop that begins before the last one ended.
TEST(ThreadPool, TakesEachPieceOnce) {
  for (const int threads : {1, 2, 5}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.threads(), threads);
    for (int pieces = 0; pieces < 40; ++pieces) {
      std::vector<int> taken(static_cast<std::size_t>(pieces), 0);
      pool.run(pieces, [&](int piece) { ++taken[static_cast<std::size_t>(piece)]; });
      EXPECT_EQ(taken, std::vector<int>(static_cast<std::size_t>(pieces), 1)) << threads << " threads";
    }
  }
}

}  // namespace
}  // namespace rnnbench::fused
