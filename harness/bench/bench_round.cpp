#include "harness/bench/bench_round.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/core/error.hpp"
#include "harness/core/median.hpp"
#include "harness/measure/warm_up.hpp"

namespace rnnbench {
namespace {

constexpr double kWarmUpShare = 0.15, kStepShare = 0.7, kPredictShare = 0.15;  // phases come after it
constexpr double kLeastMeasured = 0.5;  // of a round's time, however long its sides took to be ready
constexpr double kBlockSeconds = 0.01;  // so that asking for a block costs little of it
constexpr int kMostSteps = 200;         // a block
constexpr int kMostPhaseSteps = 20;
/// Of each work, also where a round's time is over; but one is enough of what takes longer than that.
constexpr std::size_t kLeastBlocks = 3;
constexpr double kPatienceSeconds = 0.5;  // a side

std::int64_t nanoseconds(double seconds) { return static_cast<std::int64_t>(seconds * 1e9); }

void append(std::vector<std::int64_t>& to, const std::vector<std::int64_t>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Steps that take about kBlockSeconds.
int block_of(double step_ns) {
  const double steps = std::ceil(kBlockSeconds * 1e9 / std::max(step_ns, 1.0));
  return static_cast<int>(std::clamp(steps, 1.0, static_cast<double>(kMostSteps)));
}

/// What a side measured, which is never nothing.
SideSamples samples_of(SideLink& side, SideWork work, int steps) {
  constexpr const char* kPhases[] = {"step", "phases", "predict"};
  const char* phase = kPhases[static_cast<std::size_t>(work)];
  SideSamples taken = side.measure({work, steps});
  if (const auto found = taken.samples_ns.find(phase);
      found != taken.samples_ns.end() && !found->second.empty()) {
    return taken;
  }
  // A device that times its phases by itself need not have them in this pass.
  if (work == SideWork::kPhases) return taken;
  throw EngineError(fmt::format(
      "a side of the bench gave no sample of phase '{}'; both builds must be of rnnbench", phase));
}

}  // namespace

struct RoundTaker::Active {
  SideRound& round;
  std::unique_ptr<SideLink> link;

  /// Adds the samples of some steps to the round's.
  void measure(SideWork work, int steps) {
    const SideSamples taken = samples_of(*link, work, steps);
    for (const auto& [phase, samples] : taken.samples_ns) append(round.samples_ns[phase], samples);
    round.memory_peak = std::max(round.memory_peak, taken.memory_peak);
    round.device_memory_peak = std::max(round.device_memory_peak, taken.device_memory_peak);
  }
};

RoundTaker::RoundTaker(std::vector<SideSetup> sides, MakeSide make_side, double seconds,
                       const TickClock& clock)
    : setups_(std::move(sides)), make_side_(std::move(make_side)), seconds_(seconds), clock_(clock) {}

BenchRound RoundTaker::take(int number) {
  BenchRound round{.number = number, .sides = std::vector<SideRound>(setups_.size())};
  const MachineReading before = read_machine();
  add_control(round);
  const std::int64_t begin = clock_.now();
  std::vector<Active> active;
  for (std::size_t i = 0; i < setups_.size(); ++i) {
    const std::size_t side = (i + static_cast<std::size_t>(number)) % setups_.size();
    active.push_back({round.sides[side], make_side_(side)});
    active.back().round.ready = active.back().link->set_up(setups_[side]);
  }
  const std::int64_t end = begin + nanoseconds(seconds_);
  const double left = std::max(static_cast<double>(end - clock_.now()), kLeastMeasured * seconds_ * 1e9);
  std::int64_t until = clock_.now();
  for (Active& side : active) {
    until += static_cast<std::int64_t>(left * kWarmUpShare / static_cast<double>(active.size()));
    warm_up(side, until);
  }
  until = clock_.now() + static_cast<std::int64_t>(left * kStepShare);
  take_blocks(active, SideWork::kTrain, "step", until);
  until = clock_.now() + static_cast<std::int64_t>(left * kPredictShare);
  take_blocks(active, SideWork::kPredict, "predict", until);
  for (Active& side : active) {
    const auto& steps = side.round.samples_ns["step"];
    const int least = static_cast<int>(std::min(kLeastBlocks, steps.size()));
    side.measure(SideWork::kPhases, std::clamp(block_of(median_of(steps)), least, kMostPhaseSteps));
  }
  add_control(round);
  round.use = use_between(before, read_machine());
  return round;
}

void RoundTaker::warm_up(Active& side, std::int64_t until) const {
  std::vector<std::int64_t>& taken = side.round.warm_up_ns;
  const WarmUpRule rule;
  const std::int64_t patient_until = std::max(until, clock_.now() + nanoseconds(kPatienceSeconds));
  do {
    const int steps = taken.empty() ? 1 : block_of(median_of(taken) * 4);
    append(taken, samples_of(*side.link, SideWork::kTrain, steps).samples_ns.at("step"));
  } while (!is_warm(taken, rule) && clock_.now() < (taken.size() < rule.least ? patient_until : until));
  // What isn't timed warms the prediction too.
  side.link->measure({SideWork::kPredict, 1});
}

void RoundTaker::take_blocks(std::vector<Active>& sides, SideWork work, const char* phase,
                             std::int64_t until) const {
  constexpr std::size_t kMost = 100'000;  // reached only where the clock stands still
  const double patience = kPatienceSeconds * static_cast<double>(sides.size());
  const std::int64_t patient_until = std::max(until, clock_.now() + nanoseconds(patience));
  const auto goes_on = [&](std::size_t blocks) {
    return blocks == 0 || (blocks < kMost && clock_.now() < (blocks < kLeastBlocks ? patient_until : until));
  };
  for (std::size_t block = 0; goes_on(block); ++block) {
    for (std::size_t i = 0; i < sides.size(); ++i) {
      Active& side = sides[(block + i) % sides.size()];
      const auto& samples = side.round.samples_ns[phase];
      side.measure(work, samples.empty() ? 1 : block_of(median_of(samples)));
    }
  }
}

void RoundTaker::add_control(BenchRound& round) { append(round.control_ns, control_.read(clock_)); }

}  // namespace rnnbench
