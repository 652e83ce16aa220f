// Catches: a committed experiment that can't be read, a claim whose model is not the reported one.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "harness/config/experiment_file.hpp"
#include "harness/matrix/expander.hpp"
#include "harness/model/parameters.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

const fs::path kExperiments = fs::path(RNNBENCH_SOURCE_DIR) / "experiments";

/// The trials of an experiment file, as `plan` reads them.
std::vector<TrialSpec> trials_of(const fs::path& file) {
  const ExperimentFile experiment = read_experiment(file, {}, kExperiments / "recipes");
  std::vector<TrialSpec> trials;
  for (const MatrixCell& cell : expand(experiment)) {
    trials.push_back(read_trial_spec(cell.settings, *cell.origins, {"libtorch", "eigen"}));
  }
  return trials;
}

TrialSpec claim(const std::string& name) {
  const std::vector<TrialSpec> trials = trials_of(kExperiments / "claims" / (name + ".toml"));
  EXPECT_EQ(trials.size(), 1U);
  return trials.at(0);
}

std::int64_t parameters_of(const TrialSpec& trial) {
  return parameter_count(trial.model, trial.recipe.vocabulary);
}

TEST(ExperimentFiles, AllCanBePlanned) {
  int files = 0;
  for (const fs::path& folder : {kExperiments, kExperiments / "claims", kExperiments / "claims" / "beside"}) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".toml") continue;
      EXPECT_NO_THROW(EXPECT_FALSE(trials_of(entry.path()).empty())) << entry.path();
      ++files;
    }
  }
  EXPECT_GE(files, 12);
}

TEST(ExperimentFiles, CellsHoldsEachCellInBothDirectionsOnBothEngines) {
  EXPECT_EQ(trials_of(kExperiments / "cells.toml").size(), 12U);
}

TEST(ExperimentFiles, CellsLongerHasALearningRateByCell) {
  const std::vector<TrialSpec> trials = trials_of(kExperiments / "cells-longer.toml");
  ASSERT_EQ(trials.size(), 12U);
  for (const TrialSpec& trial : trials) {
    EXPECT_EQ(trial.training.optimizer.learning_rate, cells_of(trial.model) == "lstm" ? 2e-3 : 1e-3);
    EXPECT_EQ(trial.training.batch, trial.recipe.length == 80 ? 64 : 32);
  }
}

// The counts that the write-ups print; 1's is that of its layers, PyTorch's two biases counted.
TEST(Claims, HaveTheReportedNumberOfParameters) {
  EXPECT_EQ(parameters_of(claim("1-pytorch-rnn-meanpool")), 20000 * 64 + 2 * 64 * 64 + 2 * 64 + 2 * 64 + 2);
  EXPECT_EQ(parameters_of(claim("2-keras-simplernn-2layer")), 197'185);
  EXPECT_EQ(parameters_of(claim("3-keras-lstm-2layer")), 293'953);
  EXPECT_EQ(parameters_of(claim("4-keras-lstm60")), 2'605'421);
}

TEST(Claims, TrainAsReported) {
  const TrainingSpec second = claim("2-keras-simplernn-2layer").training;
  EXPECT_EQ(second.optimizer.form, UpdateForm::kKeras);
  EXPECT_EQ(second.optimizer.epsilon, 1e-7);
  EXPECT_EQ(second.batch, 512);
  const TrialSpec fifth = claim("5-keras-bilstm-word2vec");
  EXPECT_EQ(fifth.training.optimizer.kind, OptimizerKind::kAdamW);
  EXPECT_EQ(fifth.training.optimizer.decay, 5e-4);
  EXPECT_EQ(fifth.training.schedule.kind, ScheduleKind::kPlateau);
  EXPECT_EQ(fifth.training.schedule.metric, WatchedMetric::kValidationLoss);
  EXPECT_EQ(fifth.model.embedding.vectors, "word2vec-google-news");
  EXPECT_EQ(fifth.recipe.length, 280);
  EXPECT_EQ(claim("6-pytorch-lstm-stemmed").model.pooling, Pooling::kLastValid);
}

}  // namespace
}  // namespace rnnbench
