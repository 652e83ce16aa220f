// The numbers of figures by size, together, of phases, of classes and of the machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plots/figure_plots.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TrialData sized(int vocabulary, int length, const std::vector<double>& accuracies) {
  TrialData trial = small_trial("eigen", "rnn", length);
  trial.vocabulary = vocabulary;
  for (const double accuracy : accuracies)
    trial.runs.push_back(small_run(trial.runs.size() + 1, accuracy, 1));
  return trial;
}

const FigureData kSizes = small_data({sized(5000, 100, {0.80, 0.82}), sized(5000, 200, {0.84, 0.86}),
                                      sized(20000, 100, {0.70, 0.72}), sized(20000, 200, {0.90, 0.92})});

TEST(AccuracyBySize, IsALineAVocabulary) {
  const auto plot = accuracy_by_size(kSizes);
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  ASSERT_THAT(panel.series, SizeIs(4));
  EXPECT_EQ(panel.series[1].name, "vocabulary 5,000, mean");
  EXPECT_NEAR(panel.series[1].points[0].y, 81, 1e-9);
  EXPECT_NEAR(panel.series[1].points[1].y, 85, 1e-9);
  EXPECT_NEAR(panel.series[3].points[0].y, 71, 1e-9);
  EXPECT_NEAR(panel.series[0].points[0].high, 81 + 12.7062, 1e-3);  // t(0.975, 1), standard error 1
  EXPECT_FALSE(accuracy_by_size(small_data({sized(5000, 100, {0.8})})));
}

TEST(AccuracyMap, HasACellASize) {
  const auto plot = accuracy_map(kSizes);
  ASSERT_TRUE(plot);
  std::vector<double> values;
  for (const Series& series : plot->panels[0].series) values.push_back(series.points[0].value);
  EXPECT_THAT(values, ElementsAre(testing::DoubleNear(81, 1e-9), testing::DoubleNear(85, 1e-9),
                                  testing::DoubleNear(71, 1e-9), testing::DoubleNear(91, 1e-9)));
  EXPECT_NE(plot->panels[0].series[2].colour, plot->panels[0].series[3].colour);
}

/// Two runs that call 8 and 9 of 10 short reviews right, and 6 and 7 of 20 long ones.
TrialData grouped_by(std::vector<GroupAccuracy> TestPredictions::*groups, double low, double high) {
  TrialData trial = small_trial("eigen", "rnn");
  for (const std::int64_t right : {8, 9}) {
    trial.runs.push_back(small_run(trial.runs.size() + 1, 0.7, 1));
    trial.runs.back().predictions.emplace();
    (*trial.runs.back().predictions).*
        groups = {{low, low, low, 10, right}, {high, high, high, 20, right - 2}};
  }
  return trial;
}

TEST(AccuracyByLength, IsALineATrialThroughTheMeansOfGroups) {
  const auto plot = accuracy_by_length(small_data({grouped_by(&TestPredictions::by_length, 50, 400)}));
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  ASSERT_THAT(panel.series, SizeIs(2));
  EXPECT_NEAR(panel.series[1].points[0].x, 50, 1e-9);
  EXPECT_NEAR(panel.series[1].points[0].y, 85, 1e-9);
  EXPECT_NEAR(panel.series[1].points[1].x, 400, 1e-9);
  EXPECT_NEAR(panel.series[1].points[1].y, 32.5, 1e-9);
  EXPECT_NEAR(panel.series[0].points[1].high, 32.5 + 2.5 * 12.7062, 1e-3);  // t(0.975, 1)
}

TEST(AccuracyByRating, HasOneTickARatingThatOccurs) {
  const auto plot = accuracy_by_rating(small_data({grouped_by(&TestPredictions::by_rating, 4, 7)}));
  ASSERT_TRUE(plot);
  ASSERT_THAT(plot->panels[0].x.ticks, SizeIs(2));
  EXPECT_EQ(plot->panels[0].x.ticks[1].label, "7");
  EXPECT_NEAR(plot->panels[0].series[1].points[1].x, 1, 1e-9);
}

// Runs of a schema that didn't record either have predictions all the same.
TEST(AccuracyByGroup, IsNotDrawnOfRunsWithoutGroups) {
  const FigureData data = small_data({grouped_by(&TestPredictions::by_length, 50, 400)});
  EXPECT_FALSE(accuracy_by_rating(data));
}

TrialData curved(const std::string& cell, const std::vector<std::vector<double>>& runs) {
  TrialData trial = small_trial("eigen", cell);
  for (const std::vector<double>& values : runs) {
    trial.runs.push_back(small_run(trial.runs.size() + 1, values.back(), 1));
    trial.runs.back().curves = {small_curve("accuracy", "validation", values)};
  }
  return trial;
}

// Seeds may stop early: that takes no trial out of the order.
TEST(CurvesTogether, TheBestByEachSeedsLastEpochComeFirst) {
  const auto plot = curves_together(
      small_data({curved("rnn", {{0.5, 0.6}}), curved("lstm", {{0.5, 0.9, 0.95}, {0.7, 0.8}})}));
  ASSERT_TRUE(plot);
  EXPECT_EQ(plot->legend[0].label, "lstm");
  const Panel& panel = plot->panels[0];
  EXPECT_EQ(panel.series.back().name, "rnn, mean");
  for (const Series& series : panel.series) {
    if (series.name == "lstm, lowest to highest seed") {
      EXPECT_DOUBLE_EQ(series.points[0].low, 50);
      EXPECT_DOUBLE_EQ(series.points[0].high, 70);
    }
  }
}

TEST(StepPhases, AreStackedInTheirOrder) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.5, 1)};
  trial.runs[0].timings = {{"data", "host", 1, false, {1'000'000}},
                           {"forward", "host", 1, false, {2'000'000, 4'000'000, 3'000'000}},
                           {"backward", "host", 1, false, {5'000'000}},
                           {"optimizer", "host", 1, false, {6'000'000}}};
  const auto plot = step_phases(small_data({trial}));
  ASSERT_TRUE(plot);
  const auto& series = plot->panels[0].series;
  ASSERT_THAT(series, SizeIs(4));
  EXPECT_DOUBLE_EQ(series[1].points[0].low, 1);
  EXPECT_DOUBLE_EQ(series[1].points[0].high, 4);
  EXPECT_DOUBLE_EQ(series[3].points[0].high, 15);
  EXPECT_DOUBLE_EQ(series[2].points[0].value, 5);
}

TEST(StepTime, BarsNeedSamplesAndNotTheirMedians) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.5, 1)};
  PhaseSamples samples{"step", "host", 1, false, {}};
  for (int i = 1; i <= 21; ++i) samples.samples_ns.push_back(i * 1'000'000);
  trial.runs[0].timings = {samples};
  const auto bars = [&] {
    const auto plot = step_time(small_data({trial}));
    return std::ranges::count_if(plot->panels[0].series,
                                 [](const Series& series) { return series.mark == Mark::kInterval; });
  };
  EXPECT_EQ(bars(), 1);
  trial.runs[0].timings[0].is_median = true;
  EXPECT_EQ(bars(), 0);
}

TEST(Confusion, SharesAreOfALabelsReviews) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.75, 1)};
  trial.runs[0].predictions = small_predictions({0.9F, 0.8F, 0.2F, 0.7F}, {1, 1, 1, 0});
  const auto plot = confusion_matrices(small_data({trial}));
  ASSERT_TRUE(plot);
  std::vector<std::string> texts;
  for (const Note& note : plot->panels[0].notes) texts.push_back(note.text);
  EXPECT_THAT(texts, testing::IsSupersetOf({"100.0 %", "0.0 %", "33.3 %", "66.7 %"}));
}

TEST(MachineOverTime, IsInHoursAndUnits) {
  TrialData trial = small_trial("eigen", "rnn");
  for (const char* started : {"2026-01-01T10:00:00.000Z", "2026-01-01T11:30:00.000Z"}) {
    RunData run = small_run(trial.runs.size() + 1, 0.5, 1);
    run.started = started;
    run.curves = {{"memory_peak", "", {{1, 2.0 * (1 << 20)}}}, {"frequency", "", {{1, 2.5e9}}}};
    run.timings = {{"control", "host", 1, false, {3'000'000}}};
    trial.runs.push_back(run);
  }
  const auto plot = machine_over_time(small_data({trial}));
  ASSERT_TRUE(plot);
  ASSERT_THAT(plot->panels, SizeIs(3));
  EXPECT_DOUBLE_EQ(plot->panels[0].series[0].points[1].x, 1.5);
  EXPECT_DOUBLE_EQ(plot->panels[0].series[0].points[1].y, 3);
  EXPECT_DOUBLE_EQ(plot->panels[1].series[0].points[0].y, 2);
  EXPECT_DOUBLE_EQ(plot->panels[2].series[0].points[0].y, 2.5);
}

}  // namespace
}  // namespace rnnbench
