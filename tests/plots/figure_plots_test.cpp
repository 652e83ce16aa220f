#include "plots/figure_plots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> ys(const Series& series) {
  std::vector<double> values;
  for (const Point& point : series.points) values.push_back(point.y);
  return values;
}

std::vector<double> xs(const Series& series) {
  std::vector<double> values;
  for (const Point& point : series.points) values.push_back(point.x);
  return values;
}

const Series& series_named(const Panel& panel, const std::string& name) {
  for (const Series& series : panel.series) {
    if (series.name == name) return series;
  }
  ADD_FAILURE() << "no series " << name;
  return panel.series.front();
}

TrialData trial_with_curves() {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.5, 1), small_run(2, 0.5, 1)};
  trial.runs[0].curves = {small_curve("accuracy", "train", {0.5, 0.75}),
                          small_curve("loss", "train", {0.5, 0.25}),
                          small_curve("accuracy", "validation", {0.5, 0.5})};
  trial.runs[1].curves = {small_curve("accuracy", "train", {1.0, 0.25}),
                          small_curve("loss", "train", {1.5, kNan})};
  return trial;
}

TEST(LearningCurves, SeedsAreThinAndTheirMeanThick) {
  const auto plot = learning_curves(small_data({trial_with_curves()}));
  ASSERT_TRUE(plot);
  ASSERT_THAT(plot->panels, SizeIs(2));
  const Panel& accuracy = plot->panels[0];
  EXPECT_THAT(ys(series_named(accuracy, "train accuracy, seed 1")), ElementsAre(50, 75));
  EXPECT_EQ(series_named(accuracy, "train accuracy, seed 1").mark, Mark::kThinLine);
  EXPECT_THAT(ys(series_named(accuracy, "train accuracy, mean")), ElementsAre(75, 50));
  EXPECT_EQ(series_named(accuracy, "train accuracy, mean").mark, Mark::kThickLine);
  EXPECT_THAT(ys(series_named(accuracy, "validation accuracy, seed 1")), ElementsAre(50, 50));
}

// A mean over the seeds that survived would look better than the truth.
TEST(LearningCurves, NanIsAGapInTheSeedAndInTheMean) {
  const auto plot = learning_curves(small_data({trial_with_curves()}));
  const Panel& loss = plot->panels[1];
  EXPECT_THAT(ys(series_named(loss, "train loss, seed 2")), ElementsAre(1.5, testing::IsNan()));
  EXPECT_THAT(ys(series_named(loss, "train loss, mean")), ElementsAre(1.0, testing::IsNan()));
}

TEST(LearningCurves, FailedRunsAreDrawnButNotInTheMean) {
  TrialData trial = trial_with_curves();
  trial.runs[1].status = "failed";
  const auto plot = learning_curves(small_data({trial}));
  EXPECT_THAT(ys(series_named(plot->panels[0], "train accuracy, seed 2")), ElementsAre(100, 25));
  EXPECT_THAT(ys(series_named(plot->panels[0], "train accuracy, mean")), ElementsAre(50, 75));
  EXPECT_EQ(plot->panels[0].notes[0].text, "n = 1, 1 failed");
}

TEST(LearningCurves, TestStandsInWhereThereIsNoValidation) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.5, 1)};
  trial.runs[0].curves = {small_curve("loss", "train", {0.5}), small_curve("accuracy", "test", {0.75})};
  const auto plot = learning_curves(small_data({trial}));
  EXPECT_THAT(ys(series_named(plot->panels[0], "test accuracy, mean")), ElementsAre(75));
}

TEST(LearningCurves, HeadingsTellOnlyWhatDiffers) {
  TrialData longer = trial_with_curves();
  longer.length = 200;
  const auto plot = learning_curves(small_data({trial_with_curves(), longer}));
  ASSERT_THAT(plot->panels, SizeIs(4));
  EXPECT_EQ(plot->panels[0].notes.back().text, "length 100");
  EXPECT_EQ(plot->panels[2].notes.back().text, "length 200");
  EXPECT_THAT(plot->subtitles[0], HasSubstr("eigen rnn, cpu, recipe plain, vocabulary 5,000"));
  EXPECT_EQ(plot->panels[0].y.low, plot->panels[2].y.low);
  EXPECT_EQ(plot->panels[0].y.high, plot->panels[2].y.high);
}

TEST(AccuracyByTrial, BestMeanFirstWithStudentsInterval) {
  TrialData good = small_trial("eigen", "lstm");
  good.runs = {small_run(1, 0.80, 1), small_run(2, 0.82, 1), small_run(3, 0.84, 1)};
  TrialData poor = small_trial("eigen", "rnn");
  poor.runs = {small_run(1, 0.60, 1)};
  const auto plot = accuracy_by_trial(small_data({poor, good}));
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  EXPECT_THAT(panel.y.ticks, SizeIs(2));
  EXPECT_EQ(panel.y.ticks[0].label, "lstm");
  EXPECT_EQ(panel.y.ticks[0].at, 2);
  EXPECT_THAT(xs(series_named(panel, "lstm, seeds")), ElementsAre(80, 82, 84));
  const Point& interval = series_named(panel, "lstm, 95 % interval").points[0];
  EXPECT_NEAR(interval.x, 82, 1e-9);
  EXPECT_NEAR(interval.low, 82 - 4.302653 * 2 / std::sqrt(3), 1e-5);  // t(0.975, 2) = 4.302653
  EXPECT_NEAR(interval.high, 82 + 4.302653 * 2 / std::sqrt(3), 1e-5);
  EXPECT_THAT(panel.notes.back().text, HasSubstr("n = 1: no interval"));
  for (const Series& series : panel.series) EXPECT_NE(series.name, "rnn, 95 % interval");
}

TEST(AccuracyByTrial, AMeanBelow100IsNotCalled100) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 1, 1), small_run(2, 0.999, 1)};
  const auto plot = accuracy_by_trial(small_data({trial}));
  EXPECT_THAT(plot->panels[0].notes.back().text, HasSubstr("99.95 %  [99.3, 100.0]  n = 2"));
}

TEST(AccuracyByTrial, ChanceIsMarkedOnlyWithinTheRange) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.90, 1), small_run(2, 0.901, 1)};
  EXPECT_NE(accuracy_by_trial(small_data({trial}))->panels[0].series[0].name, "chance");
  trial.runs.push_back(small_run(3, 0.48, 1));
  const auto plot = accuracy_by_trial(small_data({trial}));
  EXPECT_EQ(plot->panels[0].series[0].name, "chance");
  EXPECT_THAT(xs(plot->panels[0].series[0]), ElementsAre(50, 50));
}

TEST(AccuracyByTrial, AxisIsNamedWithItsRangeAndStaysWithinPercent) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.2, 1), small_run(2, 0.99, 1)};  // the interval reaches far beyond 0 and 100 %
  const auto plot = accuracy_by_trial(small_data({trial}));
  EXPECT_EQ(plot->panels[0].x.low, 0);
  EXPECT_EQ(plot->panels[0].x.high, 100);
  EXPECT_THAT(plot->panels[0].x.label, HasSubstr("0 to 100 shown"));
}

TrialData timed(TrialData trial, const std::vector<std::vector<std::int64_t>>& milliseconds) {
  for (const auto& epochs : milliseconds) {
    RunData run = small_run(trial.runs.size() + 1, 0.5, 1);
    run.timings = {{"epoch", "host", 1, true, {9'000'000'000}}, {"epoch", "host", 2, false, {}}};
    for (const std::int64_t ms : epochs) run.timings[1].samples_ns.push_back(ms * 1'000'000);
    trial.runs.push_back(run);
  }
  return trial;
}

TEST(EpochTime, MediansOfEachSeedWithoutWarmUpOnALogAxis) {
  const TrialData trial = timed(small_trial("eigen", "rnn"), {{100, 900, 200}, {400}, {300}});
  const auto plot = epoch_time(small_data({trial}));
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  EXPECT_TRUE(panel.x.log);
  EXPECT_THAT(xs(series_named(panel, "eigen rnn, seeds")), ElementsAre(0.2, 0.4, 0.3));
  EXPECT_THAT(xs(series_named(panel, "eigen rnn, median")), ElementsAre(0.3));
}

TEST(EpochTime, GroupsByLengthWhereItDiffers) {
  const auto plot = epoch_time(small_data({timed(small_trial("eigen", "rnn", 200), {{200}}),
                                           timed(small_trial("eigen", "rnn", 100), {{100}}),
                                           timed(small_trial("libtorch", "rnn", 100), {{150}})}));
  const Panel& panel = plot->panels[0];
  std::vector<std::string> groups;
  for (const Note& note : panel.notes) {
    if (note.bold) groups.push_back(note.text);
  }
  EXPECT_THAT(groups, ElementsAre("length 100", "length 200"));
  EXPECT_EQ(panel.y.ticks[0].label, "eigen rnn");
  EXPECT_EQ(panel.y.ticks[1].label, "libtorch rnn");
  EXPECT_THAT(xs(series_named(panel, "length 200: eigen rnn, median")), ElementsAre(0.2));
}

TEST(AccuracyAgainstTime, EachSeedAndTheMeanOfATrial) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.5, 1), small_run(2, 0.75, 3), small_run(3, kNan, 5)};
  const auto plot = accuracy_against_time(small_data({trial}));
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  EXPECT_TRUE(panel.x.log);
  EXPECT_THAT(xs(series_named(panel, "eigen rnn, seeds")), ElementsAre(1, 3));
  EXPECT_THAT(xs(series_named(panel, "eigen rnn, mean")), ElementsAre(2));
  EXPECT_THAT(ys(series_named(panel, "eigen rnn, mean")), ElementsAre(62.5));
}

// In percent: bin 0.2 holds a negative and, of the other seed, a positive review.
TEST(Calibration, IsTheBinsOfAllSeedsTogether) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.5, 1), small_run(2, 0.5, 1), small_run(3, 0.5, 1)};
  trial.runs[0].predictions = small_predictions({0.25F, 0.75F}, {0, 1});
  trial.runs[1].predictions = small_predictions({0.25F, 0.75F}, {1, 1});
  const auto plot = calibration(small_data({trial, small_trial("libtorch", "rnn")}));
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  EXPECT_THAT(xs(series_named(panel, "eigen rnn")), ElementsAre(25, 75));
  EXPECT_THAT(ys(series_named(panel, "eigen rnn")), ElementsAre(50, 100));
  EXPECT_THAT(ys(series_named(panel, "as predicted")), ElementsAre(0, 100));
  EXPECT_THAT(plot->footer, HasSubstr("1 trial not shown"));
  EXPECT_FALSE(calibration(small_data({small_trial("eigen", "rnn")})));
}

TEST(AccuracyAgainstTime, EngineIsTheColourAndCellTheShape) {
  std::vector<TrialData> trials = {small_trial("eigen", "rnn"), small_trial("libtorch", "rnn"),
                                   small_trial("libtorch", "lstm")};
  for (TrialData& trial : trials) trial.runs = {small_run(1, 0.8, 2)};
  const auto plot = accuracy_against_time(small_data(trials));
  const Series& eigen = series_named(plot->panels[0], "eigen rnn, mean");
  const Series& rnn = series_named(plot->panels[0], "libtorch rnn, mean");
  const Series& lstm = series_named(plot->panels[0], "libtorch lstm, mean");
  EXPECT_NE(eigen.colour, rnn.colour);
  EXPECT_EQ(eigen.shape, rnn.shape);
  EXPECT_EQ(rnn.colour, lstm.colour);
  EXPECT_NE(rnn.shape, lstm.shape);
}

}  // namespace
}  // namespace rnnbench
