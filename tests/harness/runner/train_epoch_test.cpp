#include "harness/runner/train_epoch.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

/// Waits before one of its steps, for longer than a report of progress is due after.
class HesitantEngine final : public FakeEngine {
 public:
  HesitantEngine(EngineScript& script, int waits_at)
      : FakeEngine(script), script_(script), waits_at_(waits_at) {}

  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    if (script_.steps + 1 == waits_at_) std::this_thread::sleep_for(std::chrono::milliseconds(250));
    FakeEngine::train_step(batch, learning_rate, phases);
  }

 private:
  EngineScript& script_;
  int waits_at_;
};

TrainedEpoch trained(int waits_at, int& reports) {
  EngineScript script;
  script.train_loss_by_epoch = {1,
                                2e-16};  // each of the later ones is lost beside the first three, two aren't
  HesitantEngine engine(script, waits_at);
  const EncodedData data = tiny_data(/*with_validation=*/false);
  PhaseTimer timer(/*device_is_asynchronous=*/false);
  return train_epoch(engine, data, data.train, /*batch=*/1, 1e-3, 1, 1, timer, {},
                     [&](double, double, double) { ++reports; });
}

// Catches: sums of pieces that end when a report is due, whose last bits depend on how long steps took.
TEST(TrainEpoch, GivesTheSameBitsHoweverLongItsStepsTake) {
  int reports = 0;
  const TrainedEpoch quick = trained(/*waits_at=*/0, reports);
  for (const int waits_at : {2, 5, 8}) EXPECT_EQ(trained(waits_at, reports).loss, quick.loss) << waits_at;
  EXPECT_GE(reports, 3) << "none was due";
}

TEST(TrainEpoch, EndsAtTheFirstLossThatIsNotFinite) {
  EngineScript script;
  script.not_finite_at_step = 5;
  FakeEngine engine(script);
  const EncodedData data = tiny_data(/*with_validation=*/false);
  PhaseTimer timer(/*device_is_asynchronous=*/false);
  const TrainedEpoch epoch =
      train_epoch(engine, data, data.train, 1, 1e-3, 1, 1, timer, {}, [](double, double, double) {});
  EXPECT_EQ(epoch.steps, 5);
  EXPECT_TRUE(std::isnan(epoch.loss));
}

}  // namespace
}  // namespace rnnbench
