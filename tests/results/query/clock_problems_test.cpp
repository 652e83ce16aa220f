// Catches: problems of warm-up, of another phase, run or clock; the last epoch instead of the first; a few
// samples of 0 ns taken for a standing clock.
#include "results/query/clock_problems.hpp"

#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

class ClockProblemsTest : public VerdictTest {
 protected:
  RunId run_with(const std::vector<TimingRecord>& timings) {
    const RunId run = store_->begin_run({{"first", "", ""}, trial("eigen"), ++seed_, kOneMachine});
    for (const TimingRecord& timing : timings) store_->epoch_finished(run, {timing.epoch, {}, {timing}});
    return run;
  }
  std::map<std::int64_t, ClockProblems> problems(const std::vector<std::int64_t>& runs,
                                                 const std::vector<std::string>& phases) {
    Database database(path_);
    return clock_problems(database, runs, phases);
  }

  std::uint64_t seed_ = 0;
};

TEST_F(ClockProblemsTest, NameTheRunThePhaseAndTheFirstEpoch) {
  run_with({{"step", "host", 1, false, {5, 6, 7}}});
  const RunId run = run_with({{"step", "host", 1, false, {5, 6, 7}},
                              {"step", "host", 2, false, {5, -6, 7, 8}},
                              {"step", "host", 3, false, {0, 0, 7}},
                              {"predict", "host", 1, false, {0, 0, 7}}});
  const auto found = problems({1, run}, {"step", "predict"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(run), (ClockProblems{{"predict",
                                           "run 2, phase predict, epoch 1: 2 of 3 samples took 0 ns: "
                                           "the clock stands still, or is too coarse"},
                                          {"step",
                                           "run 2, phase step, epoch 2: the clock went back in 1 of 4 "
                                           "samples"}}));
}

TEST_F(ClockProblemsTest, AreOfTheTimesThatAreJudgedAlone) {
  const RunId run = run_with({{"step", "host", 1, true, {-5, 0}},
                              {"step", "device", 1, false, {-5, 0}},
                              {"step", "host", 1, false, {0, 0, 1, 1}},
                              {"data", "host", 1, false, {0, 0, 0}}});
  EXPECT_TRUE(problems({run}, {"step", "predict"}).empty());
  EXPECT_EQ(problems({run}, {"data"}).size(), 1U);
  EXPECT_TRUE(problems({}, {"data"}).empty());
}

}  // namespace
}  // namespace rnnbench
