// The numbers of the figures of claims.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plots/figure_plots.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ClaimData claim_of(const std::vector<double>& accuracies, double reported, double margin) {
  ClaimData claim;
  claim.claim.id = "c";
  claim.claim.figures = {
      {"accuracy", "test", ReportedFigure::Epoch::kLast, reported, 0.001, margin, "as printed", "a reason"}};
  claim.claim.curves = {{"accuracy", "test", {0.7, 0.8}, 0.001}};
  TrialData trial = small_trial("fused", "rnn");
  for (const double accuracy : accuracies) {
    RunData run = small_run(trial.runs.size() + 1, accuracy, 1);
    run.curves = {small_curve("accuracy", "test", {0.5, accuracy})};
    trial.runs.push_back(run);
  }
  claim.data = small_data({trial});
  return claim;
}

const Series& named(const Panel& panel, const std::string& name) {
  for (const Series& series : panel.series) {
    if (series.name == name) return series;
  }
  ADD_FAILURE() << "no series " << name;
  return panel.series.front();
}

TEST(ReportedFigures, StandInMarginsFromTheReportedValue) {
  const auto plot = reported_figures({claim_of({0.82, 0.83, 0.84}, 0.80, 0.02)});
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  const Series& runs = panel.series[2];
  ASSERT_EQ(runs.points.size(), 3U);
  EXPECT_NEAR(runs.points[0].x, 1, 1e-9);
  EXPECT_NEAR(runs.points[2].x, 2, 1e-9);
  const Point& interval = panel.series[3].points[0];
  EXPECT_NEAR(interval.x, 1.5, 1e-9);
  EXPECT_NEAR(interval.high - interval.x, 4.302653 * 0.5 / std::sqrt(3), 1e-5);  // t(0.975, 2)
  EXPECT_THAT(panel.notes.back().text, HasSubstr("83.00 [80.52, 85.48]"));
}

TEST(ReportedFigures, WhatIsFarStandsAtTheEdge) {
  const auto plot = reported_figures({claim_of({0.5, 0.51}, 0.9, 0.01)});
  for (const Point& run : plot->panels[0].series[2].points) EXPECT_EQ(run.x, -5);
}

TEST(ReportedCurves, StandOverTheMeanOfAllRuns) {
  ClaimData claim = claim_of({0.82, 0.84}, 0.8, 0.02);
  claim.data.trials[0].runs[1].curves = {small_curve("accuracy", "test", {0.6})};  // stopped early
  const auto plot = reported_curves({claim});
  ASSERT_TRUE(plot);
  const Panel& panel = plot->panels[0];
  EXPECT_EQ(named(panel, "test, reported").points.size(), 2U);
  EXPECT_DOUBLE_EQ(named(panel, "test, reported").points[1].y, 80);
  ASSERT_EQ(named(panel, "test, mean of ours").points.size(), 1U) << "of survivors there is no mean";
  EXPECT_DOUBLE_EQ(named(panel, "test, mean of ours").points[0].y, 55);
}

}  // namespace
}  // namespace rnnbench
