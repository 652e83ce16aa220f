// What the harness itself takes of a training step of m1 (32 reviews of 200 tokens): the batch that it
// gathers, the clock that it reads, the totals that it takes, by an engine that does nothing.
#include <benchmark/benchmark.h>

#include "harness/bench/drawn_tokens.hpp"
#include "harness/measure/clock_cost.hpp"
#include "harness/runner/train_epoch.hpp"

namespace rnnbench {
namespace {

constexpr int kReviews = 32, kSteps = 500;

class IdleEngine final : public Engine {
 public:
  Parameters state() const override { return {}; }
  void set_state(const Parameters& /*state*/) override {}
  void train_step(const Batch& batch, double /*learning_rate*/, PhaseClock& phases) override {
    totals_.reviews += batch.reviews;
    totals_.steps += 1;
    phases.finished(Phase::kForward);
    phases.finished(Phase::kBackward);
    phases.finished(Phase::kOptimizer);
  }
  StepTotals take_totals() override { return std::exchange(totals_, {}); }
  void predict(const Batch& /*batch*/, std::span<float> /*positive*/) override {}
  LossAndGradients gradients(const Batch& /*batch*/, const std::optional<DropoutDraw>& /*draw*/) override {
    return {};
  }
  Parameters activations(const Batch& /*batch*/) override { return {}; }
  void synchronize() override {}
  std::string describe() const override { return "{}"; }

 private:
  StepTotals totals_;
};

double total(const std::vector<TimingRecord>& timings, const std::string& phase) {
  double sum = 0;
  for (const TimingRecord& timing : timings) {
    if (timing.phase != phase) continue;
    for (const std::int64_t sample : timing.samples_ns) sum += static_cast<double>(sample);
  }
  return sum;
}

void AStepOfNothing(benchmark::State& state) {
  Recipe recipe;
  recipe.vocabulary = 20'000;
  recipe.length = 200;
  const EncodedData data = drawn_tokens(recipe, kReviews * kSteps, 1);
  IdleEngine engine;
  PhaseTimer timer(/*device_is_asynchronous=*/false);
  double gathering = 0, whole = 0;
  int epoch = 0;
  for (auto _ : state) {
    const TrainedEpoch trained = train_epoch(engine, data, data.train, kReviews, 1e-3, 1, ++epoch, timer, {},
                                             [](double, double, double) {});
    whole += trained.seconds * 1e9;
    gathering += total(timer.take(epoch, 0), "data");
  }
  const double steps = static_cast<double>(kSteps) * static_cast<double>(state.iterations());
  state.counters["step_ns"] = whole / steps;
  state.counters["of_it_gathering_ns"] = gathering / steps;
  state.counters["of_it_clock_ns"] = 6 * clock_cost().reading_ns;  // edges of a step
  state.counters["percent_of_1_ms"] = 100 * whole / steps / 1e6;
}

BENCHMARK(AStepOfNothing)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace rnnbench
