#include "impls/fused/thread_pool.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <new>
#include <numeric>

#include "harness/core/error.hpp"
#include "tests/support/little_room.hpp"
#include "tests/support/thrown.hpp"

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

// Catches: memory that runs out in a piece and ends the program, or a loop that is left while pieces go on.
TEST(ThreadPool, ThrowsWhatAPieceThrewOnceAllAreDone) {
  for (const int threads : {1, 2, 5}) {
    ThreadPool pool(threads);
    for (int loop = 0; loop < 50; ++loop) {
      std::atomic<int> done = 0;
      const auto piece = [&](int number) {
        ++done;
        if (number % 7 == 3) throw std::bad_alloc();
      };
      EXPECT_THROW(pool.run(20, piece), std::bad_alloc);
      EXPECT_EQ(done, 20);
      done = 0;
      EXPECT_NO_THROW(pool.run(3, piece)) << "what one loop threw is no other's";
      EXPECT_EQ(done, 3);
    }
  }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// Catches: a program that ends because the system starts some of the threads and refuses the next.
TEST(ThreadPool, SaysHowManyThreadsTheSystemGives) {
  const LittleRoom room(100);
  EXPECT_THAT(message_of<EngineError>([] { ThreadPool pool(1024); }),
              testing::AllOf(testing::ContainsRegex("only [0-9]+ of 1024 threads could be started"),
                             testing::HasSubstr("make training.threads smaller")));
}
#endif

}  // namespace
}  // namespace rnnbench::fused
