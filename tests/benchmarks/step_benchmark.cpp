// A training step of the eigen and the libtorch engine on the first published model, taken in turns.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/denormals.hpp"
#include "tests/benchmarks/token_batches.hpp"
#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::size_t kBatches = 64;
constexpr int kWarmupSteps = 10;

/// The median of `samples` and the interval that holds the true one with 95 % confidence, whatever the
/// distribution: order statistics n/2 ∓ 1.96 √n / 2 (Conover 1999, section 3.2).
struct Median {
  double value, low, high;
};

Median median_of(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const double n = static_cast<double>(samples.size());
  const auto at = [&](double rank) {
    return samples[static_cast<std::size_t>(std::clamp(rank, 0.0, n - 1))];
  };
  const double half_width = 1.96 * std::sqrt(n) / 2;
  return {at(n / 2), at(std::floor(n / 2 - half_width)), at(std::ceil(n / 2 + half_width))};
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
  SampleModel sample = reported_models().front();
  sample.training.threads = static_cast<int>(state.range(0));
  const EngineSetup setup{sample.model, sample.training, sample.vocabulary, sample.length, Device::kCpu, 1};
  const TokenBatches batches =
      token_batches(kBatches, sample.training.batch, sample.length, sample.vocabulary);
  const auto eigen = started_engine("eigen", setup);
  const auto libtorch = started_engine("libtorch", setup);
  const double rate = sample.training.optimizer.learning_rate;

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
  state.SetLabel(batches.source + ", eigen " + eigen->describe() + ", libtorch " + libtorch->describe());
}

BENCHMARK(EigenAndLibtorchInTurns)->ArgName("threads")->Arg(1)->Arg(2)->Iterations(150)->UseRealTime();

}  // namespace
}  // namespace rnnbench
