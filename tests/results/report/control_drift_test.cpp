// Catches: runs in the order of their numbers, runs of two machines held against each other, a run that
// stands out and isn't named, a clock that went back among the numbers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/report/sections.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A run of a matrix whose control took `ms`; the later its number, the earlier it was.
RunData run_of(std::int64_t id, double ms) {
  RunData run = small_run(static_cast<std::uint64_t>(id), 0.8, 1);
  run.id = id;
  run.started = "2026-01-0" + std::to_string(9 - id);
  const auto ns = static_cast<std::int64_t>(ms * 1e6);
  run.timings = {{"step", "host", 1, false, {ns}}, {"control", "host", 1, false, {ns, 9 * ns, ns}}};
  return run;
}

FigureData matrix_of(const std::vector<double>& controls_ms) {
  TrialData trial = small_trial("eigen", "rnn");
  for (const double ms : controls_ms) {
    trial.runs.push_back(run_of(static_cast<std::int64_t>(trial.runs.size()) + 1, ms));
  }
  FigureData data = small_data({trial});
  data.environments = {{0, R"({"processor":{"model":"X 1"},"system":{"host":"one"}})"}};
  return data;
}

TEST(ControlDrift, IsTheSpreadOfTheRunsInTheOrderOfTime) {
  EXPECT_EQ(control_drift(matrix_of({1.02, 1.01, 1})),
            "Drift of the machine X 1 of one: a control, the same work each time, took 1 to 1.02 ms in the 3 "
            "runs (medians of each; +2.0 % from the first to the last). None is more than 5 % off their "
            "median.\n");
}

TEST(ControlDrift, NamesTheRunsThatStandOut) {
  EXPECT_THAT(control_drift(matrix_of({1, 1.2, 1, 1, 1.04, 0.9})),
              HasSubstr("More than 5 % off their median: run 6 (-10.0 %), run 2 (+20.0 %); times"));
}

TEST(ControlDrift, IsOfEachMachine) {
  FigureData data = matrix_of({1, 1, 2, 2});
  data.environments.push_back({7, R"({"processor":{"model":"Y 2"},"system":{"host":"two"}})"});
  for (const std::size_t run : {2U, 3U}) data.trials[0].runs[run].environment = 7;
  EXPECT_THAT(control_drift(data),
              AllOf(HasSubstr("X 1 of one: a control, the same work each time, took 1 to 1 ms"),
                    HasSubstr("Y 2 of two: a control, the same work each time, took 2 to 2 ms"),
                    Not(HasSubstr("More than"))));
}

TEST(ControlDrift, OfAClockThatWentBackIsNoNumber) {
  FigureData data = matrix_of({1, 1, 1});
  data.trials[0].runs[1].timings[1].samples_ns[0] = -1;
  EXPECT_THAT(control_drift(data), AllOf(HasSubstr("in the 2 runs"),
                                         HasSubstr("Without its control: run 2, phase control, epoch 1: the "
                                                   "clock went back in 1 of 3 samples.\n")));
}

TEST(ControlDrift, OfOneRunOrNoneIsNothing) {
  EXPECT_EQ(control_drift(matrix_of({1})), "");
  FigureData data = matrix_of({1, 1});
  for (RunData& run : data.trials[0].runs) run.timings.pop_back();
  EXPECT_EQ(control_drift(data), "");
}

}  // namespace
}  // namespace rnnbench
