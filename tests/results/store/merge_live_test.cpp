#include <sys/wait.h>

#include <csignal>

#include "results/store/merge.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

constexpr int kRuns = 60;

/// Another process that records runs, seeds from `first` on, each call a transaction of its own.
pid_t write_runs(const fs::path& path, std::uint64_t first) {
  const pid_t child = fork();
  if (child != 0) return child;
  try {
    Store store(path);
    for (std::uint64_t seed = first; seed < first + kRuns; ++seed) {
      const RunId run = store.begin_run(a_start(seed));
      for (int epoch = 1; epoch <= 3; ++epoch) store.epoch_finished(run, an_epoch(epoch));
      store.end_run(run, an_end());
    }
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

bool is_over(pid_t process) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid != 0;
}

int exit_code_of(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Catches: a run merged half-written, twice, or not at all; writers on either side that are refused the lock.
TEST_F(StoreTest, MergesWhileOthersWriteToBothSides) {
  const fs::path source = folder_ / "source.db";
  const fs::path target = folder_ / "target.db";
  Store(source).add_trials(a_start().experiment, {a_trial()});
  Store(target).add_trials(a_start().experiment, {a_trial()});
  const pid_t of_source = write_runs(source, 1);
  const pid_t of_target = write_runs(target, 1001);
  int added = 0;
  const auto merge = [&] {
    const MergeReport report = merge_database(source, target);
    EXPECT_TRUE(report.conflicts.empty()) << report.conflicts.front();
    added += report.added;
  };
  int merges = 0;
  for (; !is_over(of_source) || !is_over(of_target); ++merges) merge();
  EXPECT_EQ(exit_code_of(of_source), 0);
  EXPECT_EQ(exit_code_of(of_target), 0);
  merge();
  EXPECT_GT(merges, 0);
  EXPECT_EQ(added, kRuns);
  EXPECT_EQ(scalar(target, "SELECT count(*) FROM runs WHERE status = 'finished' AND epochs = 3"),
            std::to_string(2 * kRuns));
  EXPECT_EQ(scalar(target, "SELECT count(*) FROM metrics"),
            std::to_string(2 * std::stol(scalar(source, "SELECT count(*) FROM metrics"))));
  EXPECT_EQ(scalar(target, "PRAGMA integrity_check"), "ok");
  EXPECT_EQ(scalar(target, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
}

}  // namespace
}  // namespace rnnbench
