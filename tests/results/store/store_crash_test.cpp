#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

/// Records runs of three epochs without end; says on `acknowledgements` after each call what is durable now.
[[noreturn]] void record_forever(const std::filesystem::path& path, int acknowledgements,
                                 std::uint64_t seed) {
  const auto acknowledge = [&](char what) {
    if (write(acknowledgements, &what, 1) != 1) _exit(1);
  };
  Store store(path);
  for (;; ++seed) {
    const RunId run = store.begin_run(a_start(seed));
    acknowledge('b');
    for (int epoch = 1; epoch <= 3; ++epoch) {
      EpochRecord record = an_epoch(epoch);
      record.timings.front().samples_ns.assign(3000, epoch);
      store.epoch_finished(run, record);
      acknowledge('e');
    }
    RunEnd end = an_end();
    end.predictions = {{"test", "digest", {1, 0}, {0.5F, 0.5F}}};
    store.end_run(run, end);
    acknowledge('f');
  }
}

struct Acknowledged {
  int runs = 0, epochs = 0, finished = 0;
};

Acknowledged read_all(int descriptor) {
  Acknowledged total;
  for (char what = 0; read(descriptor, &what, 1) == 1;) {
    total.runs += what == 'b';
    total.epochs += what == 'e';
    total.finished += what == 'f';
  }
  return total;
}

int count(const std::filesystem::path& path, const std::string& sql) {
  return std::stoi(scalar(path, "SELECT count(*) FROM " + sql));
}

/// One call may be done and not yet acknowledged.
void expect_done(int in_database, int acknowledged, const char* what) {
  EXPECT_GE(in_database, acknowledged) << what;
  EXPECT_LE(in_database, acknowledged + 1) << what;
}

// Catches: a call that returns before its transaction is committed, an epoch in two transactions.
TEST_F(StoreTest, KillAtAnyMomentLosesNothingAcknowledged) {
  std::mt19937 random(std::random_device{}());
  Acknowledged total;
  // A busy machine may record nothing before the first kills; they come later then.
  for (int kill_number = 0; kill_number < 12 || (total.epochs == 0 && kill_number < 100); ++kill_number) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      record_forever(path_, ends[1], static_cast<std::uint64_t>(kill_number) * 100'000);
    }
    close(ends[1]);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000 * (1 + kill_number / 12)));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const Acknowledged now = read_all(ends[0]);
    close(ends[0]);
    total.runs += now.runs;
    total.epochs += now.epochs;
    total.finished += now.finished;

    Store store(path_);
    ASSERT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");
    ASSERT_EQ(count(path_, "pragma_foreign_key_check"), 0);
    const int recovered = store.recover_stale_runs();
    EXPECT_LE(recovered, 1);
    const int runs = count(path_, "runs");
    const int epochs = count(path_, "timings");
    const int finished = static_cast<int>(store.finished_runs().size());
    expect_done(runs, total.runs, "runs");
    expect_done(epochs, total.epochs, "epochs");
    expect_done(finished, total.finished, "finished runs");
    EXPECT_EQ(count(path_, "metrics WHERE split = 'validation'"), epochs);
    EXPECT_EQ(count(path_, "predictions"), finished);
    EXPECT_EQ(count(path_, "runs WHERE status = 'running'"), 0);
    total = {runs, epochs, finished};
  }
  EXPECT_GT(total.epochs, 0);
}

}  // namespace
}  // namespace rnnbench
