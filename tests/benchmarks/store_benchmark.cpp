// Writing to the results database beside plain SQLite with the same transactions, taken in turns, on disk and
// in memory.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/core/sha256.hpp"
#include "results/store/store.hpp"
#include "tests/benchmarks/median.hpp"
#include "tests/benchmarks/plain_sqlite.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// A folder of this process, removed at the end: where temporary files go, or in memory, where the disk
/// takes no time and what the program itself costs shows.
class Folder {
 public:
  explicit Folder(bool in_memory)
      : path_((in_memory ? fs::path("/dev/shm") : fs::temp_directory_path()) /
              fmt::format("rnnbench-store-benchmark-{}", getpid())) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

double seconds_of(const std::function<void()>& action) {
  const auto begin = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// A run of a trial with 20 settings.
RunStart a_start(std::uint64_t seed) {
  std::string settings = "{";
  for (int i = 0; i < 20; ++i)
    settings += fmt::format("{}\"setting{:02}\":{}", i == 0 ? "" : ",", i, i + 100 * (seed / 4));
  settings += "}";
  const TrialRecord trial{sha256_hex(settings), settings, "eigen", "rnn", "cpu", "toy", "toy", 256, 40};
  return {{"benchmark", "How fast?", "name = \"benchmark\""}, trial, seed, R"({"processor":"a"})"};
}

/// `count` metric rows of one epoch.
EpochRecord an_epoch(int epoch, int count) {
  EpochRecord record{epoch, {}, {}};
  for (int i = 0; i < count; ++i) {
    record.metrics.push_back({fmt::format("metric{:04}", i), "train", epoch, 1.0 / (epoch + i), "nats"});
  }
  return record;
}

/// Transactions of a number of metric rows.
void MetricRows(benchmark::State& state) {
  const Folder folder(state.range(1) != 0);
  const int rows = static_cast<int>(state.range(0));
  Store store(folder / "store.db");
  const RunId run = store.begin_run(a_start(1));
  const RunId same_run = Store(folder / "plain.db").begin_run(a_start(1));
  PlainSqlite plain(folder / "plain.db");
  std::vector<double> store_seconds, plain_seconds, ratios;
  int epoch = 0;
  const auto take_turns = [&] {
    const EpochRecord record = an_epoch(++epoch, rows);
    double ours = 0;
    const auto write_ours = [&] { ours = seconds_of([&] { store.epoch_finished(run, record); }); };
    if (epoch % 2 == 0) write_ours();
    const double theirs = seconds_of([&] { plain.write(same_run, record.metrics); });
    if (epoch % 2 == 1) write_ours();
    store_seconds.push_back(ours);
    plain_seconds.push_back(theirs);
    ratios.push_back(theirs / ours);
  };
  for (auto _ : state) take_turns();
  const Median ratio = median_of(ratios);
  state.counters["rows/s"] = rows / median_of(store_seconds).value;
  state.counters["plain_rows/s"] = rows / median_of(plain_seconds).value;
  state.counters["ratio"] = ratio.value;
  state.counters["ratio_low"] = ratio.low;
  state.counters["ratio_high"] = ratio.high;
  state.SetLabel(state.range(1) != 0 ? "in memory" : "on disk");
}
BENCHMARK(MetricRows)
    ->ArgNames({"rows", "memory"})
    ->ArgsProduct({{100, 1000}, {0, 1}})
    ->Iterations(100)
    ->UseRealTime();

/// 2,000 runs with 20 settings and 100 metric rows each: begun, one epoch, ended. `together`: this many runs
/// in one transaction; 0: as a runner makes them, the last epoch and the end in one.
void Runs(benchmark::State& state) {
  constexpr int kRuns = 2000;
  const Folder folder(false);
  const int together = static_cast<int>(state.range(0));
  const EpochRecord epoch = an_epoch(1, 100);
  Store store(folder / "store.db");
  std::uint64_t seed = 0;
  const auto write_run = [&] {
    const RunId run = store.begin_run(a_start(++seed));
    store.together([&] {
      store.epoch_finished(run, epoch);
      store.end_run(run, {RunStatus::kFinished, "", 1.5, {}, {}, {}});
    });
  };
  double seconds = 0;
  for (auto _ : state) {
    seconds += seconds_of([&] {
      for (int done = 0; done < kRuns; done += std::max(together, 1)) {
        if (together == 0) {
          write_run();
        } else {
          store.together([&] {
            for (int i = 0; i < together; ++i) write_run();
          });
        }
      }
    });
  }
  const double runs = static_cast<double>(kRuns) * static_cast<double>(state.iterations());
  state.counters["runs/s"] = runs / seconds;
  state.counters["rows/s"] = 100 * runs / seconds;
}
BENCHMARK(Runs)
    ->ArgName("together")
    ->Arg(0)
    ->Arg(10)
    ->Arg(100)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace rnnbench
