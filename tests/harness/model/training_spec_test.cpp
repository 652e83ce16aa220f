#include "harness/model/training_spec.hpp"

#include <gmock/gmock.h>

#include "tests/harness/model/read_spec.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

TEST(TrainingSpec, ReadsTheExampleOfTheDesign) {
  const TrainingSpec spec = read_training(
      R"({"optimizer": {"name": "adam", "learning_rate": 5e-4, "l2": 1e-4}, "batch": 16, "epochs": 4})");
  EXPECT_EQ(spec.optimizer.kind, OptimizerKind::kAdam);
  EXPECT_EQ(spec.optimizer.learning_rate, 5e-4);
  EXPECT_EQ(spec.optimizer.l2, 1e-4);
  EXPECT_EQ(spec.optimizer.epsilon, 1e-8);
  EXPECT_EQ(spec.batch, 16);
  EXPECT_EQ(spec.epochs, 4);
}

TEST(TrainingSpec, ReadsEverySettingOfEachOptimiser) {
  const TrainingSpec adamw = read_training(R"({"optimizer": {"name": "adamw", "decay": 0.01, "beta1": 0.8,
      "beta2": 0.99, "epsilon": 1e-7}, "clip_norm": 1.5, "threads": 2})");
  EXPECT_EQ(adamw.optimizer.decay, 0.01);
  EXPECT_EQ(adamw.optimizer.beta1, 0.8);
  EXPECT_EQ(adamw.optimizer.beta2, 0.99);
  EXPECT_EQ(adamw.optimizer.epsilon, 1e-7);
  EXPECT_EQ(adamw.clip_norm, 1.5);
  EXPECT_EQ(adamw.threads, 2);
  const TrainingSpec sgd = read_training(R"({"optimizer": {"name": "sgd", "momentum": 0.9, "l2": 0.1}})");
  EXPECT_EQ(sgd.optimizer.momentum, 0.9);
  EXPECT_EQ(sgd.optimizer.l2, 0.1);
}

TEST(TrainingSpec, RoundTripsThroughJson) {
  for (const SampleModel& sample : reported_models()) {
    for (const OptimizerKind kind : {OptimizerKind::kAdam, OptimizerKind::kAdamW, OptimizerKind::kSgd}) {
      TrainingSpec spec = sample.training;
      spec.optimizer.kind = kind;
      const Json json = to_json(spec);
      EXPECT_EQ(to_json(read_training(json.dump())).dump(), json.dump());
    }
  }
}

TEST(TrainingSpec, ReadsTheSettingsOfAGpuAndKeepsTheKeysOfTrialsWithoutThem) {
  const TrainingSpec given = read_training(R"({"tf32": true, "deterministic": false})");
  EXPECT_TRUE(given.tf32);
  EXPECT_FALSE(given.deterministic);
  EXPECT_EQ(to_json(read_training(to_json(given).dump())), to_json(given));
  const TrainingSpec spec = read_training("{}");
  EXPECT_FALSE(spec.tf32);
  EXPECT_TRUE(spec.deterministic);
  EXPECT_FALSE(to_json(spec).contains("tf32"));
  EXPECT_FALSE(to_json(spec).contains("deterministic"));
}

TEST(TrainingSpec, ReadsShardsAndKeepsTheKeysOfTrialsWithoutThem) {
  const TrainingSpec given = read_training(R"({"shards": 4})");
  EXPECT_EQ(given.shards, 4);
  EXPECT_EQ(read_training(to_json(given).dump()).shards, 4);
  EXPECT_FALSE(to_json(read_training("{}")).contains("shards"));
  expect_refused(read_training, R"({"shards": -1})", "training.shards", "0 to");
}

// Catches: a setting that is silently without effect.
TEST(TrainingSpec, RefusesSettingsOfAnotherOptimiser) {
  expect_refused(read_training, R"({"optimizer": {"name": "adam", "decay": 0.1}})",
                 "training.optimizer.decay", "adam has no");
  expect_refused(read_training, R"({"optimizer": {"name": "adam", "momentum": 0.1}})", "optimizer.momentum",
                 "adam has no");
  expect_refused(read_training, R"({"optimizer": {"name": "adamw", "l2": 0.1}})", "training.optimizer.l2",
                 "adamw has no");
  expect_refused(read_training, R"({"optimizer": {"name": "sgd", "beta1": 0.1}})", "training.optimizer.beta1",
                 "sgd has no");
  expect_refused(read_training, R"({"optimizer": {"name": "sgd", "decay": 0.1}})", "training.optimizer.decay",
                 "sgd has no");
}

TEST(TrainingSpec, RefusesWhatCannotBe) {
  expect_refused(read_training, R"({"optimizer": {"name": "adan"}})", "training.optimizer.name",
                 "did you mean 'adam'");
  expect_refused(read_training, R"({"optimizer": {"learning_rate": -1}})", "training.optimizer.learning_rate",
                 "0 to");
  expect_refused(read_training, R"({"optimizer": {"beta1": 1}})", "training.optimizer.beta1", "0 to");
  expect_refused(read_training, R"({"batch": 0})", "training.batch", "1 to");
  expect_refused(read_training, R"({"epochs": 1.5})", "training.epochs", "integer");
  expect_refused(read_training, R"({"clipnorm": 1})", "training.clipnorm", "did you mean 'clip_norm'");
}

}  // namespace
}  // namespace rnnbench
