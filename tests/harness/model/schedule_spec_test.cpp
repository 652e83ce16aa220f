#include "harness/model/schedule_spec.hpp"

#include <gmock/gmock.h>

#include "harness/model/training_spec.hpp"
#include "tests/harness/model/read_spec.hpp"

namespace rnnbench {
namespace {

ScheduleSpec read_schedule(const std::string& json) {
  static const Origins kOrigins;
  return read_schedule_spec(SettingsReader(Json::parse(json), "training.schedule", kOrigins));
}

TEST(ScheduleSpec, ReadsEverySettingOfEachKind) {
  const ScheduleSpec step = read_schedule(R"({"kind": "step", "every": 3, "factor": 0.5})");
  EXPECT_EQ(step.kind, ScheduleKind::kStep);
  EXPECT_EQ(step.every, 3);
  EXPECT_EQ(step.factor, 0.5);
  const ScheduleSpec plateau =
      read_schedule(R"({"kind": "plateau", "metric": "validation_accuracy", "factor": 0.2,
      "patience": 4, "min_delta": 0.01, "min_rate": 1e-6})");
  EXPECT_EQ(plateau.kind, ScheduleKind::kPlateau);
  EXPECT_EQ(plateau.metric, WatchedMetric::kValidationAccuracy);
  EXPECT_EQ(plateau.factor, 0.2);
  EXPECT_EQ(plateau.patience, 4);
  EXPECT_EQ(plateau.min_delta, 0.01);
  EXPECT_EQ(plateau.min_rate, 1e-6);
}

TEST(ScheduleSpec, DefaultsAreThoseOfTheFrameworks) {
  EXPECT_EQ(read_schedule("{}").kind, ScheduleKind::kConstant);
  EXPECT_EQ(read_schedule(R"({"kind": "step"})").factor, 0.1);
  const ScheduleSpec plateau = read_schedule(R"({"kind": "plateau"})");
  EXPECT_EQ(plateau.metric, WatchedMetric::kValidationLoss);
  EXPECT_EQ(plateau.factor, 0.1);
  EXPECT_EQ(plateau.patience, 10);
  EXPECT_EQ(plateau.min_delta, 1e-4);
  EXPECT_EQ(plateau.min_rate, 0);
}

TEST(ScheduleSpec, RoundTripsThroughJson) {
  for (const char* json :
       {R"({"kind": "constant"})", R"({"kind": "step", "every": 2})", R"({"kind": "plateau", "patience": 2})",
        R"({"kind": "plateau", "metric": "train_loss", "min_rate": 1e-5, "min_delta": 0, "factor": 0.3})"}) {
    const Json once = to_json(read_schedule(json));
    EXPECT_EQ(to_json(read_schedule(once.dump())).dump(), once.dump());
  }
}

// Catches: a constant schedule, written down, that gives a trial another key.
TEST(ScheduleSpec, IsLeftOutOfTheTrainingAtItsDefault) {
  TrainingSpec training;
  EXPECT_FALSE(to_json(training).contains("schedule"));
  training.schedule.kind = ScheduleKind::kStep;
  EXPECT_TRUE(to_json(training).contains("schedule"));
}

// Catches: a setting that is silently without effect.
TEST(ScheduleSpec, RefusesSettingsOfAnotherKind) {
  expect_refused(read_schedule, R"({"factor": 0.5})", "training.schedule.factor",
                 "a constant schedule has no");
  expect_refused(read_schedule, R"({"every": 2})", "training.schedule.every", "a constant schedule has no");
  expect_refused(read_schedule, R"({"kind": "step", "patience": 2})", "training.schedule.patience",
                 "a step schedule has no");
  expect_refused(read_schedule, R"({"kind": "plateau", "every": 2})", "training.schedule.every",
                 "a plateau schedule has no");
}

TEST(ScheduleSpec, RefusesWhatCannotBe) {
  expect_refused(read_schedule, R"({"kind": "platau"})", "training.schedule.kind", "did you mean 'plateau'");
  expect_refused(read_schedule, R"({"kind": "step", "every": 0})", "training.schedule.every", "1 to");
  expect_refused(read_schedule, R"({"kind": "step", "factor": 0})", "training.schedule.factor", "to 1");
  expect_refused(read_schedule, R"({"kind": "step", "factor": 1.5})", "training.schedule.factor", "to 1");
  expect_refused(read_schedule, R"({"kind": "plateau", "metric": "test_loss"})", "training.schedule.metric",
                 "train_loss");
  expect_refused(read_schedule, R"({"kind": "plateau", "patience": 0})", "training.schedule.patience",
                 "1 to");
  expect_refused(read_schedule, R"({"kind": "plateau", "cooldown": 1})", "training.schedule.cooldown",
                 "unknown key");
}

}  // namespace
}  // namespace rnnbench
