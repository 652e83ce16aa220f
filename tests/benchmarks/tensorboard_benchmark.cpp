#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <numeric>

#include "results/exchange/crc32c.hpp"
#include "results/exchange/event_file.hpp"
#include "results/exchange/tensorboard_export.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// Folder that is gone at the program's end.
const fs::path& scratch() {
  static const struct Folder {
    fs::path path = fs::temp_directory_path() / ("tensorboard_benchmark_" + std::to_string(::getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
  } folder;
  return folder.path;
}

std::int64_t bytes_in(const fs::path& folder) {
  std::int64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += static_cast<std::int64_t>(entry.file_size());
  return bytes;
}

void crc(benchmark::State& state) {
  const std::string bytes(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) benchmark::DoNotOptimize(crc32c(bytes));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}
BENCHMARK(crc)->Arg(50)->Arg(1 << 20);

constexpr int kPoints = 1'000'000;

/// A million points of curves into a file that the system may keep in memory.
void write_points(benchmark::State& state) {
  const fs::path path = scratch() / "points";
  for (auto _ : state) {
    std::ofstream out(path, std::ios::binary);
    EventFile file(out, 1.7e9);
    for (int i = 0; i < kPoints; ++i)
      file.scalar(
          {.tag = "loss", .step = i, .wall_time = 1.7e9 + i, .value = 1.0 / (i + 1), .description = "nats"});
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(fs::file_size(path)));
}
BENCHMARK(write_points)->Unit(benchmark::kMillisecond);

/// As many bytes in one piece: what the disk or the system's memory of it takes.
void write_bytes(benchmark::State& state) {
  const std::string bytes(50'000'000, 'x');
  for (auto _ : state) std::ofstream(scratch() / "bytes", std::ios::binary) << bytes;
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(write_bytes)->Unit(benchmark::kMillisecond);

/// A database of `runs` with `epochs` each, of eight metrics of two splits and three timings.
fs::path a_database(int runs, int epochs) {
  const fs::path path = scratch() / (std::to_string(runs) + ".db");
  if (fs::exists(path)) return path;
  Store store(path);
  store.together([&] {
    for (int run = 0; run < runs; ++run) {
      RunStart start;
      start.experiment = {"b", "q", "c"};
      start.trial = {"k", "{}", "eigen", "rnn", "cpu", "toy", "toy", 256, 40};
      start.seed = static_cast<std::uint64_t>(run);
      start.environment = "{}";
      const RunId id = store.begin_run(start);
      for (int epoch = 1; epoch <= epochs; ++epoch) {
        EpochRecord record;
        record.epoch = epoch;
        for (const char* split : {"train", "validation"})
          for (const char* name : {"loss", "accuracy", "f1", "recall"})
            record.metrics.push_back({name, split, epoch, 1.0 / epoch, "fraction"});
        for (const char* phase : {"step", "epoch", "evaluate"})
          record.timings.push_back({phase, "host", epoch, false, {1, 2, 3}});
        store.epoch_finished(id, record);
      }
      store.end_run(id, {});
    }
  });
  return path;
}

/// The whole export, of few runs with long curves and of many with short ones.
void export_runs(benchmark::State& state) {
  const int runs = static_cast<int>(state.range(0)), epochs = static_cast<int>(state.range(1));
  Database database(a_database(runs, epochs));
  std::vector<RunId> numbers(static_cast<std::size_t>(runs));
  std::iota(numbers.begin(), numbers.end(), 1);
  const fs::path folder = scratch() / ("events" + std::to_string(runs));
  for (auto _ : state) benchmark::DoNotOptimize(export_tensorboard(database, numbers, folder, {}));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bytes_in(folder));
}
BENCHMARK(export_runs)->Args({8, 20'000})->Args({500, 10})->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace rnnbench
