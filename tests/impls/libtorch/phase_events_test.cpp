#include "impls/libtorch/phase_events.hpp"

#include <gmock/gmock.h>

namespace rnnbench {
namespace {

using testing::ElementsAre;

/// A device whose time a test sets.
struct FakeDevice {
  double now_ms = 0;
};

struct FakeEvent {
  explicit FakeEvent(const FakeDevice* device) : at_ms(device->now_ms) {}
  double milliseconds_until(const FakeEvent& later) const { return later.at_ms - at_ms; }
  double at_ms;
};

class PhaseEventsOfAFake : public testing::Test {
 protected:
  void pass(double milliseconds) { device_.now_ms += milliseconds; }
  void phase(double milliseconds) {
    pass(milliseconds);
    events_.phase_finished();
  }
  void step(double forward, double backward, double optimizer) {
    events_.begin_step();
    phase(forward);
    phase(backward);
    phase(optimizer);
  }
  DeviceUse taken() {
    DeviceUse use;
    events_.take(use);
    return use;
  }

  FakeDevice device_;
  PhaseEvents<FakeEvent, const FakeDevice*> events_{&device_};
};

TEST_F(PhaseEventsOfAFake, GiveEachPhaseOfEachStep) {
  step(1, 2, 0.5);
  pass(100);  // between steps
  step(3, 4, 0.25);
  const DeviceUse use = taken();
  EXPECT_THAT(use.forward_ns, ElementsAre(1'000'000, 3'000'000));
  EXPECT_THAT(use.backward_ns, ElementsAre(2'000'000, 4'000'000));
  EXPECT_THAT(use.optimizer_ns, ElementsAre(500'000, 250'000));
  EXPECT_THAT(use.step_ns, ElementsAre(3'500'000, 7'250'000));
  EXPECT_THAT(taken().step_ns, ElementsAre()) << "steps were taken twice";
}

// Catches: the phases of all steps after a failed one shifted by what it had queued.
TEST_F(PhaseEventsOfAFake, ForgetAStepThatFailed) {
  step(1, 1, 1);
  events_.begin_step();
  phase(50);
  step(2, 3, 4);
  const DeviceUse use = taken();
  EXPECT_THAT(use.forward_ns, ElementsAre(1'000'000, 2'000'000));
  EXPECT_THAT(use.step_ns, ElementsAre(3'000'000, 9'000'000));
}

TEST_F(PhaseEventsOfAFake, LeaveOutAStepThatHasNotEnded) {
  events_.begin_step();
  phase(1);
  EXPECT_THAT(taken().forward_ns, ElementsAre());
}

}  // namespace
}  // namespace rnnbench
