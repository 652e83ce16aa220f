#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/bench/bench_round.hpp"
#include "harness/core/error.hpp"
#include "tests/support/fake_ticks.hpp"

namespace rnnbench {

inline constexpr std::int64_t kMillisecond = 1'000'000;  ///< in ns

/// What fake sides do, and what was asked of them.
struct SideScript {
  std::vector<std::int64_t> step_ns;  ///< of each side's steps; its predictions take a tenth
  std::vector<double> factors_by_launch = {
      1};                      ///< times that, in the n-th process that is started; the last goes on
  int cold_steps = 0;          ///< of each process, which take ten times as long
  std::int64_t set_up_ns = 0;  ///< until one is ready
  int fails_at_launch = -1;    ///< counts from 0
  FakeTicks clock;
  int launches = 0;
  std::vector<std::string> asked;  ///< "0 train 3": side, work, steps
};

class FakeSide final : public SideLink {
 public:
  FakeSide(SideScript& script, std::size_t side) : script_(script), side_(side) {
    const auto launch = static_cast<std::size_t>(script.launches);
    factor_ = script.factors_by_launch[std::min(launch, script.factors_by_launch.size() - 1)];
    if (script.launches++ == script.fails_at_launch) throw EngineError("this one fails");
  }

  SideReady set_up(const SideSetup& /*setup*/) override {
    script_.clock.advance(script_.set_up_ns);
    return {R"({"name":"fake"})", R"({"machine":"test"})", "toy"};
  }
  SideSamples measure(const SideRequest& request) override {
    const char* const names[] = {"train", "phases", "predict"};
    script_.asked.push_back(std::to_string(side_) + " " + names[static_cast<int>(request.work)] + " " +
                            std::to_string(request.steps));
    SideSamples samples;
    for (int step = 0; step < request.steps; ++step) {
      auto time = static_cast<std::int64_t>(static_cast<double>(script_.step_ns[side_]) * factor_);
      if (steps_++ < script_.cold_steps) time *= 10;
      if (request.work == SideWork::kPredict) time /= 10;
      script_.clock.advance(time);
      samples
          .samples_ns[request.work == SideWork::kTrain     ? "step"
                      : request.work == SideWork::kPredict ? "predict"
                                                           : "phases"]
          .push_back(time);
    }
    samples.memory_peak = 1000.0 * static_cast<double>(side_ + 1);
    return samples;
  }

 private:
  SideScript& script_;
  std::size_t side_;
  double factor_ = 1;
  int steps_ = 0;
};

inline MakeSide fake_sides(SideScript& script) {
  return [&script](std::size_t side) { return std::make_unique<FakeSide>(script, side); };
}

}  // namespace rnnbench
