#include <latch>
#include <thread>

#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

// Catches: a busy database reported instead of waited for, a migration applied twice, a lost update.
TEST_F(StoreTest, StoresOnOneFileWaitForEachOther) {
  constexpr int kWriters = 4;
  constexpr int kRuns = 10;
  std::latch together(kWriters);
  const auto write_runs = [&](std::uint64_t first_seed) {
    together.arrive_and_wait();
    Store store(path_);
    store.add_trials(a_start().experiment, {a_trial()});
    for (std::uint64_t seed = first_seed; seed < first_seed + kRuns; ++seed) {
      const RunId run = store.begin_run(a_start(seed));
      store.epoch_finished(run, an_epoch(1));
      store.end_run(run, an_end());
      store.skip_run(a_start(1, a_trial("libtorch")), "no GPU");
      EXPECT_EQ(store.recover_stale_runs(), 0);
    }
  };
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer) writers.emplace_back(write_runs, writer * 100);
  }
  EXPECT_EQ(Store(path_).finished_runs().size(), std::size_t{kWriters * kRuns});
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs WHERE status = 'skipped'"), "1");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM trials"), "2");
  EXPECT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace rnnbench
