#include "harness/runner/run_matrix.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "harness/runner/run_order.hpp"
#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

class RunMatrix : public testing::Test {
 protected:
  RunMatrix() : folder_(testing::TempDir() + "run_matrix_" + std::to_string(::getpid())) {
    matrix_.experiment = {"e", "q", "c"};
    matrix_.seeds = {1, 2};
    for (const char* key : {"a", "b"}) matrix_.trials.push_back({tiny_trial(1), tiny_record(key), key});
  }
  ~RunMatrix() override { std::filesystem::remove_all(folder_); }

  MatrixOutcome run(bool rerun = false) {
    ProgressListener quiet;
    return run_matrix(matrix_, rerun, fake_services(script_, folder_), sink_, quiet);
  }
  std::vector<std::pair<std::string, std::uint64_t>> order() const {
    std::vector<std::pair<std::string, std::uint64_t>> order;
    for (const auto& run : sink_.runs) order.emplace_back(run.start.trial.key, run.start.seed);
    return order;
  }

  std::string folder_;
  Matrix matrix_;
  EngineScript script_;
  RecordingSink sink_;
};

TEST_F(RunMatrix, RunsAllTrialsBeforeTheSecondSeed) {
  EXPECT_EQ(run().finished, 4);
  const auto ran = order();
  ASSERT_EQ(ran.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(ran[i].second, i < 2 ? 1U : 2U);
    EXPECT_EQ(ran[i].first, matrix_.trials[run_order(2, i < 2 ? 1 : 2)[i % 2]].record.key);
  }
  EXPECT_EQ(sink_.known_trials, 2U);
}

TEST_F(RunMatrix, NeverRepeatsAFinishedRun) {
  sink_.finished = {{"a", 1}, {"b", 2}};
  const MatrixOutcome outcome = run();
  EXPECT_EQ(outcome.already_finished, 2);
  EXPECT_EQ(order(), (std::vector<std::pair<std::string, std::uint64_t>>{{"b", 1}, {"a", 2}}));
  EXPECT_EQ(run().finished, 0);
}

TEST_F(RunMatrix, LeavesToAnotherProcessWhatItStartedMeanwhile) {
  sink_.taken_by_another = true;
  const MatrixOutcome outcome = run();
  EXPECT_EQ(outcome.already_finished, 4);
  EXPECT_TRUE(sink_.runs.empty());
  EXPECT_EQ(script_.steps, 0);
}

TEST_F(RunMatrix, RepeatsFinishedRunsWhenAsked) {
  sink_.finished = {{"a", 1}};
  EXPECT_EQ(run(/*rerun=*/true).finished, 4);
}

TEST_F(RunMatrix, GoesOnAfterAFailedRun) {
  script_.not_finite_at_step = 1;
  const MatrixOutcome outcome = run();
  EXPECT_EQ(outcome.failed, 1);
  EXPECT_EQ(outcome.finished, 3);
}

TEST_F(RunMatrix, RecordsWhatCannotRunAsSkipped) {
  ProgressListener quiet;
  RunServices services = fake_services(script_, folder_);
  matrix_.trials[1].spec.device = Device::kCuda;
  services.obstacle = [](const TrialSpec& trial) {
    return trial.device == Device::kCuda ? std::string("no GPU") : std::string();
  };
  const MatrixOutcome outcome = run_matrix(matrix_, false, services, sink_, quiet);
  EXPECT_EQ(outcome.skipped, 2);
  EXPECT_EQ(outcome.finished, 2);
  EXPECT_EQ(sink_.skipped.at(0), (std::pair<std::string, std::string>{"b", "no GPU"}));
}

TEST_F(RunMatrix, StartsNothingAfterAStop) {
  script_.stop_at_step = 1;
  EXPECT_THROW(run(), Interrupted);
  EXPECT_EQ(sink_.runs.size(), 1U);
  EXPECT_EQ(sink_.runs[0].end.status, RunStatus::kInterrupted);
}

}  // namespace
}  // namespace rnnbench
