#include <sys/wait.h>

#include <chrono>
#include <cstdlib>

#include "results/store/connection.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using std::chrono::milliseconds;

/// Metric rows of all processes: a few in the normal suite, as many as RNNBENCH_METRIC_ROWS says where it is
/// set (1000000 for the full test, which takes minutes).
int rows_in_all() {
  const char* rows = std::getenv("RNNBENCH_METRIC_ROWS");
  return rows != nullptr ? std::atoi(rows) : 32'000;
}

// Catches: "database is locked", a lost row, a writer that the others never let in.
TEST_F(StoreTest, ThirtyTwoProcessesWriteAtOnceAndNothingIsLost) {
  constexpr int kProcesses = 32, kRowsAnEpoch = 100;
  const int epochs = (rows_in_all() - 1) / (kProcesses * kRowsAnEpoch) + 1;
  { Store store(path_); }
  const auto begin = std::chrono::steady_clock::now();
  std::fflush(stdout);
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = fork();
    if (child == 0) {
      milliseconds longest{0};
      try {
        Store store(path_);
        const RunId run = store.begin_run(a_start(static_cast<std::uint64_t>(process)));
        for (int epoch = 1; epoch <= epochs; ++epoch) {
          EpochRecord record{epoch, {}, {}};
          for (int i = 0; i < kRowsAnEpoch; ++i) {
            record.metrics.push_back({"metric" + std::to_string(i), "train", epoch, 1.0 * i, "nats"});
          }
          const auto before = std::chrono::steady_clock::now();
          store.epoch_finished(run, record);
          longest = std::max(
              longest, std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - before));
        }
        store.end_run(run, an_end());
      } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        _exit(1);
      }
      std::printf("writer %d waited %lld ms at most\n", process, static_cast<long long>(longest.count()));
      std::fflush(stdout);
      _exit(longest < kPatience ? 0 : 2);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const int rows = kProcesses * epochs * kRowsAnEpoch;
  std::printf("%d rows by %d processes in %.1f s: %.0f rows/s\n", rows, kProcesses, seconds, rows / seconds);
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM metrics WHERE split = 'train'"), std::to_string(rows));
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs WHERE status = 'finished'"), std::to_string(kProcesses));
  EXPECT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace rnnbench
