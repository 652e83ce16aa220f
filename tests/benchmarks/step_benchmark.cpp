// A training step of the eigen and the libtorch engine on the six published models, taken in turns.
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/denormals.hpp"
#include "harness/model/memory_need.hpp"
#include "tests/benchmarks/median.hpp"
#include "tests/benchmarks/token_batches.hpp"
#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kWarmupSteps = 3;

/// Memory of this process that is in use, given back or not.
double resident_bytes() {
  malloc_trim(0);
  long pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double step_milliseconds(Engine& engine, const SampleBatch& batch, double learning_rate) {
  NullPhaseClock phases;
  const auto begin = std::chrono::steady_clock::now();
  engine.train_step(batch.view(), learning_rate, phases);
  engine.synchronize();
  return Milliseconds(std::chrono::steady_clock::now() - begin).count();
}

void EigenAndLibtorchInTurns(benchmark::State& state) {
  flush_denormals();
  SampleModel sample = reported_models().at(static_cast<std::size_t>(state.range(0)) - 1);
  sample.training.threads = static_cast<int>(state.range(1));
  sample.model.embedding.vectors.clear();  // a step takes the same time from any
  const EngineSetup setup{sample.model, sample.training, sample.vocabulary, sample.length, Device::kCpu, 1};
  const TokenBatches batches = token_batches(static_cast<std::size_t>(state.max_iterations),
                                             sample.training.batch, sample.length, sample.vocabulary);
  const double rate = sample.training.optimizer.learning_rate;
  const double bytes_before = resident_bytes();
  const auto eigen = started_engine("eigen", setup);
  step_milliseconds(*eigen, batches.batches.front(), rate);
  const double eigen_bytes = resident_bytes() - bytes_before;
  const auto libtorch = started_engine("libtorch", setup);

  std::vector<double> eigen_ms, libtorch_ms, ratios;
  std::size_t step = 0;
  const auto take_turns = [&] {
    const SampleBatch& batch = batches.batches[step % batches.batches.size()];
    const bool eigen_first = step++ % 2 == 0;
    double one = eigen_first ? step_milliseconds(*eigen, batch, rate) : 0;
    const double other = step_milliseconds(*libtorch, batch, rate);
    if (!eigen_first) one = step_milliseconds(*eigen, batch, rate);
    return std::pair(one, other);
  };
  for (int warmup = 0; warmup < kWarmupSteps; ++warmup) take_turns();
  for (auto _ : state) {
    const auto [eigen_time, libtorch_time] = take_turns();
    eigen_ms.push_back(eigen_time);
    libtorch_ms.push_back(libtorch_time);
    ratios.push_back(libtorch_time / eigen_time);
  }
  const Median ratio = median_of(ratios);
  state.counters["eigen_ms"] = median_of(eigen_ms).value;
  state.counters["eigen_min_ms"] = *std::min_element(eigen_ms.begin(), eigen_ms.end());
  state.counters["libtorch_ms"] = median_of(libtorch_ms).value;
  state.counters["libtorch_min_ms"] = *std::min_element(libtorch_ms.begin(), libtorch_ms.end());
  state.counters["ratio"] = ratio.value;
  state.counters["ratio_low"] = ratio.low;
  state.counters["ratio_high"] = ratio.high;
  const MemoryNeed need = memory_need(sample.model, sample.training.optimizer,
                                      {sample.vocabulary, sample.training.batch, sample.length});
  state.counters["eigen_MB"] = eigen_bytes / 1e6;
  state.counters["need_MB"] = (need.parameters + need.optimizer + need.activations) / 1e6;
  state.counters["with_gradients_and_working_MB"] = need.total() / 1e6;
  state.SetLabel(batches.source + ", eigen " + eigen->describe() + ", libtorch " + libtorch->describe());
}

BENCHMARK(EigenAndLibtorchInTurns)
    ->ArgNames({"model", "threads"})
    ->ArgsProduct({{1}, {1, 2}})
    ->Iterations(150)
    ->UseRealTime();
BENCHMARK(EigenAndLibtorchInTurns)
    ->ArgNames({"model", "threads"})
    ->ArgsProduct({{2, 3, 4, 5, 6}, {2}})
    ->Iterations(9)
    ->UseRealTime();

}  // namespace
}  // namespace rnnbench
