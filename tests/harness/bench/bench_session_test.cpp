#include "harness/bench/bench_session.hpp"

#include <gtest/gtest.h>

#include "harness/bench/bench_records.hpp"
#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "tests/harness/bench/fake_sides.hpp"
#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

class BenchSession : public testing::Test {
 protected:
  BenchSession() {
    script.step_ns = {2 * kMillisecond, 3 * kMillisecond};
    for (const char* label : {"eigen", "libtorch"}) {
      BenchSide& side = sides.emplace_back();
      side.label = label;
      side.trial = tiny_record(label);
      side.facts = {{"clock_reading", "", 0, std::size(sides) * 25.0, "nanoseconds"}};
    }
    options.seconds = 4;
    record.session = "s1";
    record.command = "rnnbench bench 'a b'";
    record.parity = "rnnbench parity 'a b'";
  }
  BenchOutcome run() {
    return run_bench(
        sides, fake_sides(script), options, record, sink, stop.get_token(),
        [&](const BenchOutcome& so_far) { rounds_told.push_back(so_far.rounds.back().number); },
        script.clock);
  }

  SideScript script;
  std::vector<BenchSide> sides;
  BenchOptions options;
  BenchRecord record;
  RecordingSink sink;
  std::stop_source stop;
  std::vector<int> rounds_told;
};

TEST_F(BenchSession, EndsAsSoonAsTheRatioIsPrecise) {
  script.factors_by_launch = {1, 1.001, 1,     1, 1.001,
                              1, 1,     1.001, 1, 1};  // alike, but for a tenth of a percent
  const BenchOutcome outcome = run();
  EXPECT_EQ(outcome.stop, BenchStop::kPrecise);
  EXPECT_EQ(rounds_told, (std::vector<int>{1, 2, 3, 4, 5, 6}));
  ASSERT_EQ(outcome.ratios.size(), 1U);
  EXPECT_NEAR(outcome.ratios[0].step->ratio, 1.5, 0.002);
  EXPECT_TRUE(outcome.ratios[0].step->interval.contains(1.5));
  EXPECT_EQ(outcome.ratios[0].step->n, 6);
}

TEST_F(BenchSession, EndsWithItsTimeWhereTheRatioStaysVague) {
  script.factors_by_launch.clear();
  for (int launch = 0; launch < 40; ++launch) script.factors_by_launch.push_back(launch % 3 == 0 ? 1.5 : 1);
  const BenchOutcome outcome = run();
  EXPECT_EQ(outcome.stop, BenchStop::kOutOfTime);
  EXPECT_GE(outcome.rounds.size(), 15U);
  EXPECT_LE(outcome.rounds.size(), 20U);
  EXPECT_GT(half_width(*outcome.ratios[0].step), options.precision);
}

// Catches: a comparison that goes on until it finds a difference.
TEST_F(BenchSession, DoesntLookAtWhatTheRatioIs) {
  for (const std::int64_t other : {2 * kMillisecond, 2'020'000L, 9 * kMillisecond}) {
    script.step_ns[1] = other;
    script.launches = 0;
    script.factors_by_launch = {1, 1.001, 1, 1, 1.001, 1, 1, 1.001, 1, 1, 1.001, 1};
    EXPECT_EQ(run().rounds.size(), 6U);
  }
}

TEST_F(BenchSession, RecordsARunASideAndAnEpochARound) {
  script.factors_by_launch = {1, 1.001, 1, 1, 1.001, 1, 1, 1.001, 1, 1, 1.001, 1};
  const BenchOutcome outcome = run();
  ASSERT_EQ(sink.runs.size(), 2U);
  EXPECT_EQ(outcome.runs, (std::vector<RunId>{1, 2}));
  for (const auto& run : sink.runs) {
    EXPECT_EQ(run.end.status, RunStatus::kFinished);
    EXPECT_EQ(run.epochs.size(), 6U);
    EXPECT_EQ(run.start.environment, R"({"machine":"test"})");
    ASSERT_EQ(run.end.metrics.size(), 1U);
    EXPECT_EQ(run.end.metrics[0].epoch, 6) << "facts are of the last round";
    EXPECT_EQ(run.end.metrics[0].value, &run == &sink.runs[0] ? 25 : 50) << "a side's own";
    EXPECT_EQ(run.end.train_seconds, run.epochs.back().train_seconds);
    EXPECT_GT(run.end.train_seconds, 0.5 * 6 * train_seconds(outcome.rounds[0].sides[0]));
    EXPECT_LT(run.end.train_seconds, 0.8 * run.end.seconds) << "the other side's aren't among them";
  }
  const Json about = Json::parse(sink.runs[1].start.particulars).at("bench");
  EXPECT_EQ(about.at("session"), "s1");
  EXPECT_EQ(about.at("side"), "libtorch");
  EXPECT_EQ(about.at("place"), 1);
  EXPECT_EQ(about.at("command"), "rnnbench bench 'a b'");
  EXPECT_EQ(about.at("parity"), "rnnbench parity 'a b'");
  EXPECT_EQ(about.at("sides"), (Json{"eigen", "libtorch"}));
  EXPECT_EQ(about.at("tokens"), "toy");
}

TEST_F(BenchSession, AClockThatStandsGivesNoRatio) {
  script.step_ns = {0, 0};
  options.seconds = 1e-9;
  const BenchOutcome outcome = run();
  EXPECT_FALSE(outcome.ratios[0].step);
  EXPECT_NE(outcome.ratios[0].why_not.find("the clock stands still"), std::string::npos);
}

TEST_F(BenchSession, AFirstRoundShowsWhatTheLeastRoundsWillTake) {
  script.step_ns = {1'000 * kMillisecond, 1'000 * kMillisecond};
  std::vector<double> estimates;
  const BenchOutcome outcome = run_bench(
      sides, fake_sides(script), options, record, sink, stop.get_token(),
      [&](const BenchOutcome& so_far) { estimates.push_back(least_seconds(so_far, options)); }, script.clock);
  EXPECT_EQ(outcome.rounds.size(), 6U);
  EXPECT_GT(outcome.seconds, options.seconds);
  EXPECT_NEAR(estimates.front(), outcome.seconds, 0.01);
  const Json about = Json::parse(sink.runs[0].start.particulars).at("bench");
  EXPECT_EQ(about.at("seconds"), options.seconds);
  EXPECT_EQ(about.at("precision"), options.precision);
}

TEST_F(BenchSession, AFailedSideEndsBothRunsAsFailed) {
  script.fails_at_launch = 5;
  EXPECT_THROW(run(), EngineError);
  ASSERT_EQ(sink.runs.size(), 2U);
  for (const auto& run : sink.runs) {
    EXPECT_EQ(run.end.status, RunStatus::kFailed);
    EXPECT_EQ(run.end.reason, "this one fails");
    EXPECT_EQ(run.epochs.size(), 2U) << "what was taken is kept";
  }
}

TEST_F(BenchSession, IsInterruptedBetweenRounds) {
  stop.request_stop();
  EXPECT_THROW(run(), Interrupted);
  EXPECT_TRUE(sink.runs.empty()) << "nothing was taken";
}

}  // namespace
}  // namespace rnnbench
