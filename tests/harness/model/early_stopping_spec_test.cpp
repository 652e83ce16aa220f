#include "harness/model/early_stopping_spec.hpp"

#include <gmock/gmock.h>

#include "tests/harness/model/read_spec.hpp"

namespace rnnbench {
namespace {

TEST(EarlyStoppingSpec, ReadsEverySetting) {
  const EarlyStoppingSpec spec =
      read_training(R"({"early_stopping": {"metric": "validation_accuracy", "patience": 3,
      "min_delta": 0.01, "restore_best": false}})")
          .early_stopping;
  EXPECT_EQ(spec.metric, WatchedMetric::kValidationAccuracy);
  EXPECT_EQ(spec.patience, 3);
  EXPECT_EQ(spec.min_delta, 0.01);
  EXPECT_FALSE(spec.restore_best);
  EXPECT_TRUE(read_training(R"({"early_stopping": {"patience": 3}})").early_stopping.restores());
}

TEST(EarlyStoppingSpec, RoundTripsThroughJson) {
  const Json once = to_json(
      read_training(R"({"early_stopping": {"patience": 2, "metric": "train_loss", "restore_best": false}})"));
  EXPECT_EQ(to_json(read_training(once.dump())).dump(), once.dump());
  EXPECT_TRUE(once.contains("early_stopping"));
}

// Catches: a run without early stopping, written down as patience 0 (an axis needs it), with another key.
TEST(EarlyStoppingSpec, IsLeftOutWhereItIsOff) {
  EXPECT_EQ(to_json(read_training(R"({"early_stopping": {"patience": 0}})")), to_json(read_training("{}")));
}

TEST(EarlyStoppingSpec, RefusesWhatCannotBe) {
  expect_refused(read_training, R"({"early_stopping": {"metric": "train_loss"}})",
                 "training.early_stopping.patience", "missing");
  expect_refused(read_training, R"({"early_stopping": {"patience": -1}})", "training.early_stopping.patience",
                 "0 to");
  expect_refused(read_training, R"({"early_stopping": {"patience": 1, "metric": "loss"}})",
                 "training.early_stopping.metric", "train_loss");
  expect_refused(read_training, R"({"early_stopping": {"patience": 1, "baseline": 1}})",
                 "training.early_stopping.baseline", "unknown key");
}

}  // namespace
}  // namespace rnnbench
