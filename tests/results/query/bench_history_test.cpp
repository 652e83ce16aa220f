// Catches: sessions in the order of their numbers, the last value before a step named as its begin, machines
// or settings mixed, sides of other builds among them, a step called in too few sessions or in scatter.
#include "results/query/bench_history.hpp"

#include <algorithm>
#include <cmath>

#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class BenchHistoryTest : public VerdictTest {
 protected:
  static std::string environment(const std::string& revision, const std::string& host = "one") {
    return R"({"processor":{"model":"X 1"},"system":{"host":")" + host + R"("},"build":{"revision":")" +
           revision + R"(","dirty":false}})";
  }
  static std::string particulars(const std::string& side, const std::string& session) {
    return R"({"bench":{"session":")" + session +
           R"(","subject":"m1","command":"rnnbench bench 'a b.toml'","side":")" + side + R"("}})";
  }
  RunId session(const std::string& revision, std::int64_t step_ns, const std::string& side = "eigen",
                const std::string& host = "one", int length = 100) {
    return add(trial("eigen", "rnn", length), static_cast<std::uint64_t>(++sessions_),
               {.epochs_ns = {9 * step_ns, step_ns, step_ns},
                .environment = environment(revision, host),
                .particulars = particulars(side, std::to_string(sessions_))},
               "bench");
  }
  /// Six sessions of each revision, the second 8 % slower.
  void fill() {
    for (int i = 0; i < 6; ++i) session("aaaaaaaaaaaaaaa", 1'000'000);
    for (int i = 0; i < 6; ++i) session("bbbbbbbbbbbbbbb", 1'080'000);
  }
  BenchHistory history() {
    Database database(path_);
    return bench_history(database, std::nullopt);
  }
  std::string text(TableFormat format = TableFormat::kTable) { return bench_history_text(history(), format); }

  int sessions_ = 0;
};

TEST_F(BenchHistoryTest, NamesTheRevisionThatAStepBeganWith) {
  fill();
  const BenchHistory found = history();
  ASSERT_EQ(found.series.size(), 1U);
  EXPECT_EQ(found.series[0].change->begins_at, 6U);
  EXPECT_THAT(text(), AllOf(HasSubstr("m1 eigen on one: a step takes 1.08 times as long from revision "
                                      "bbbbbbbbbb on, "),
                            HasSubstr("(Holm), 12 sessions\n")));
  EXPECT_THAT(
      text(TableFormat::kCsv),
      AllOf(testing::StartsWith("subject,side,host,trial,sessions,first,last,step_ms,p,p_holm,"
                                "before_ms,after_ms,change,revision,began,control_change\nm1,eigen,one,"),
            HasSubstr(",bbbbbbbbbb,"), Not(HasSubstr("a step takes"))));
}

// The slow sessions were recorded first, and taken last: in the order of numbers the step would be the other
// way.
TEST_F(BenchHistoryTest, IsInTheOrderOfTime) {
  for (int i = 0; i < 6; ++i) session("new", 1'080'000);
  for (int i = 0; i < 6; ++i) session("old", 1'000'000);
  execute(path_, "UPDATE runs SET started = '2020-01-01T00:00:00Z' WHERE id > 6");
  EXPECT_THAT(text(), AllOf(HasSubstr("1.08 times"), HasSubstr("from revision new on")));
}

TEST_F(BenchHistoryTest, TooFewSessionsAreCounted) {
  session("a", 1'000'000);
  for (int i = 0; i < 4; ++i) session("b", 5'000'000);
  EXPECT_THAT(text(),
              AllOf(HasSubstr("not judged, 5 of 8 sessions: 3 more are needed, `rnnbench bench 'a b.toml'`"),
                    Not(HasSubstr("times as long"))));
  EXPECT_FALSE(history().series[0].p_holm);
}

TEST_F(BenchHistoryTest, MachinesAndSettingsAreSeriesOfTheirOwn) {
  fill();
  for (int i = 0; i < 8; ++i) session("b", 9'000'000, "eigen", "two");
  for (int i = 0; i < 8; ++i) session("b", 9'000'000, "eigen", "one", 200);
  const BenchHistory found = history();
  ASSERT_EQ(found.series.size(), 3U);
  for (const BenchSeries& series : found.series) {
    EXPECT_TRUE(series.points.size() == 8 || series.points.size() == 12);
    EXPECT_GE(*series.p_holm, std::min(1.0, series.change->p)) << series.host;
  }
  EXPECT_EQ(std::ranges::count_if(found.series, [](const auto& each) { return each.is_stepped(); }), 1);
}

TEST_F(BenchHistoryTest, OtherBuildsAreLeftOut) {
  fill();
  for (int i = 0; i < 8; ++i) session("c", 2'000'000, "eigen@HEAD~9");
  EXPECT_EQ(history().series.size(), 1U);
}

TEST_F(BenchHistoryTest, ScatterIsNoStep) {
  for (const int value : {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8})
    session(std::to_string(value), 1'000'000 + 1000 * value);
  EXPECT_THAT(text(), HasSubstr("no step change shown"));
}

TEST_F(BenchHistoryTest, AStandingClockAndAnUnknownMachineAreSaid) {
  fill();
  session("a", 0);
  add(trial("eigen"), 99, {.environment = "{}", .particulars = particulars("eigen", "x")}, "bench");
  EXPECT_THAT(text(), AllOf(HasSubstr("12 sessions"),
                            HasSubstr("left out: run 13, phase step, epoch 1: 3 of 3 samples took 0 ns"),
                            HasSubstr("1 runs don't say on which machine")));
  execute(path_, "DELETE FROM timings WHERE run_id = 13");
  EXPECT_THAT(text(), HasSubstr("1 runs are left out: no step was timed"));
  execute(path_, "UPDATE timings SET median_ns = 1000");
  EXPECT_THAT(text(), HasSubstr("are alike"));
}

// The medians that a session is judged by don't show that its clock went back.
TEST_F(BenchHistoryTest, SessionsWhoseClockWentBackAreLeftOutAndNamed) {
  fill();
  execute(
      path_,
      "INSERT INTO timings SELECT run_id, 'control', epoch, clock, 0, count, total_ns, median_ns, min_ns, "
      "max_ns, samples FROM timings WHERE phase = 'step' AND NOT warmup");
  turn_clock_back("epoch = 2 AND run_id = 4 AND phase = 'control'");
  EXPECT_THAT(text(),
              AllOf(HasSubstr("the control 1.08 times as well"),
                    HasSubstr("without its control: run 4, phase control, epoch 2: the clock went back")));
  EXPECT_TRUE(std::isnan(history().series[0].points[3].control_ms));
  turn_clock_back("epoch = 2 AND run_id = 3 AND phase = 'step'");
  EXPECT_THAT(
      text(),
      AllOf(HasSubstr(", 11 sessions"),
            HasSubstr("left out: run 3, phase step, epoch 2: the clock went back in 1 of 3 samples\n")));
  turn_clock_back("epoch = 2 AND run_id < 6 AND phase = 'step'");
  EXPECT_THAT(text(), AllOf(HasSubstr("7 of 8 sessions"), HasSubstr("left out: 2 more runs\n")));
}

TEST_F(BenchHistoryTest, AChangeOfTheControlIsAChangeOfTheMachine) {
  fill();
  execute(
      path_,
      "INSERT INTO timings SELECT run_id, 'control', epoch, clock, 0, count, total_ns, median_ns, min_ns, "
      "max_ns, samples FROM timings WHERE phase = 'step' AND NOT warmup");
  EXPECT_THAT(text(), HasSubstr("the control 1.08 times as well: the machine changed"));
  execute(path_, "UPDATE timings SET median_ns = 1000 WHERE phase = 'control'");
  EXPECT_THAT(text(), AllOf(HasSubstr("; the control 1.00 times\n"), Not(HasSubstr("the machine changed"))));
}

TEST_F(BenchHistoryTest, WithoutSessionsItSaysWhatToRun) {
  Database database(path_);
  EXPECT_THAT(message_of<ConfigError>([&] { bench_history(database, std::nullopt); }),
              HasSubstr("run `rnnbench bench m1`"));
  fill();
  EXPECT_THAT(message_of<ConfigError>([&] { bench_history(database, "m2"); }),
              HasSubstr("is of 'm2'; did you mean 'm1'?"));
}

}  // namespace
}  // namespace rnnbench
