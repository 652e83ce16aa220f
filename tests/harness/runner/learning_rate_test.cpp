#include "harness/runner/learning_rate.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pointwise;

EpochRecord epoch(int number, const MetricRecord& metric) { return {number, {metric}, {}}; }

auto are(const std::vector<double>& rates) { return Pointwise(DoubleEq(), rates); }

/// The rate of each epoch, when the metric takes `values` one after another.
std::vector<double> rates(const ScheduleSpec& spec, double initial, const std::vector<double>& values,
                          const MetricRecord& metric = {"loss", "validation", 0, 0, ""}) {
  LearningRate rate(spec, initial);
  std::vector<double> rates;
  for (const double value : values) {
    rates.push_back(rate.rate());
    MetricRecord record = metric;
    record.value = value;
    rate.follow(epoch(static_cast<int>(rates.size()), record));
  }
  return rates;
}

ScheduleSpec plateau(int patience) {
  ScheduleSpec spec;
  spec.kind = ScheduleKind::kPlateau;
  spec.factor = 0.5;
  spec.patience = patience;
  return spec;
}

TEST(LearningRate, StaysWhereItIsWithoutASchedule) {
  EXPECT_THAT(rates({}, 0.01, {3, 3, 3}), ElementsAre(0.01, 0.01, 0.01));
}

TEST(LearningRate, StepsAfterEveryNEpochs) {
  ScheduleSpec spec;
  spec.kind = ScheduleKind::kStep;
  spec.every = 2;
  spec.factor = 0.5;
  EXPECT_THAT(rates(spec, 0.4, {1, 1, 1, 1, 1}), are({0.4, 0.4, 0.2, 0.2, 0.1}));
}

// Catches: a count that goes on over an improvement or a reduction.
TEST(LearningRate, FallsAfterPatienceEpochsWithoutImprovement) {
  EXPECT_THAT(rates(plateau(2), 1, {9, 9, 8, 8, 8, 8, 8, 8}), are({1, 1, 1, 1, 1, 0.5, 0.5, 0.25}));
}

TEST(LearningRate, AnImprovementIsMoreThanMinDelta) {
  ScheduleSpec spec = plateau(1);
  spec.min_delta = 0.25;
  EXPECT_THAT(rates(spec, 1, {2, 1.75, 1.5, 1.5}), are({1, 1, 0.5, 0.5}));
}

TEST(LearningRate, OfAnAccuracyMoreIsBetter) {
  ScheduleSpec spec = plateau(1);
  spec.metric = WatchedMetric::kValidationAccuracy;
  EXPECT_THAT(rates(spec, 1, {0.5, 0.6, 0.7, 0.6, 0}, {"accuracy", "validation", 0, 0, ""}),
              are({1, 1, 1, 1, 0.5}));
}

TEST(LearningRate, NeverFallsBelowMinRate) {
  ScheduleSpec spec = plateau(1);
  spec.min_rate = 0.3;
  EXPECT_THAT(rates(spec, 1, {1, 1, 1, 1}), are({1, 1, 0.5, 0.3}));
  spec.min_rate = 2;
  EXPECT_THAT(rates(spec, 1, {1, 1, 1}), are({1, 1, 1})) << "a reduction raised the rate";
}

TEST(LearningRate, NoNumberIsNoImprovement) {
  EXPECT_THAT(rates(plateau(1), 1, {1, std::nan(""), 0.5, 0.5}), are({1, 1, 0.5, 0.5}));
}

TEST(LearningRate, SaysWhereThereIsNothingToWatch) {
  LearningRate rate(plateau(1), 1);
  try {
    rate.follow(epoch(1, {"loss", "train", 1, 0.5, ""}));
    ADD_FAILURE() << "no error";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("validation_loss"));
    EXPECT_THAT(error.what(), HasSubstr("data.validation"));
  }
}

}  // namespace
}  // namespace rnnbench
