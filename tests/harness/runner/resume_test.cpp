#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "harness/core/files.hpp"
#include "harness/runner/run_trial.hpp"
#include "tests/harness/runner/fakes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// Six epochs of three steps each, by a runner that is stopped and called again.
class Resume : public testing::Test {
 protected:
  /// Runs until the engine has taken `step` steps more, or to the end where it is 0.
  std::optional<RunEnd> run(int step = 0, bool repeat = false) {
    script_.stop = std::stop_source();
    services_.stop = script_.stop.get_token();
    script_.stop_at_step = step > 0 ? script_.steps + step : -1;
    struct Listener final : ProgressListener {
      explicit Listener(std::vector<std::string>& lines) : said(lines) {}
      void begun_anew(const std::string& why) override { said.push_back(why); }
      std::vector<std::string>& said;
    } listener(said_);
    try {
      return run_trial(trial_, {{"e", "q", "c"}, tiny_record("k"), 1, "", "{}"}, repeat, services_, sink_,
                       listener);
    } catch (const Interrupted&) {
      return std::nullopt;
    }
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_.path() / "files" / "checkpoints", none)) {
      found.push_back(entry.path());
    }
    return found;
  }
  std::vector<int> epochs() {
    std::vector<int> numbers;
    for (const EpochRecord& epoch : sink_.runs.at(0).epochs) numbers.push_back(epoch.epoch);
    return numbers;
  }

  TemporaryFolder folder_;
  TrialSpec trial_ = tiny_trial(6);
  EngineScript script_;
  RecordingSink sink_;
  RunServices services_ = fake_services(script_, folder_.path().string());
  std::vector<std::string> said_;
};

TEST_F(Resume, GoesOnAfterTheLastFinishedEpoch) {
  EXPECT_FALSE(run(/*step=*/8));  // in the middle of epoch 3
  ASSERT_EQ(files().size(), 1U) << "that of epoch 1 should be gone";
  script_.weight = 99;  // another process's engine
  EXPECT_EQ(run().value().status, RunStatus::kFinished);
  EXPECT_EQ(sink_.runs.size(), 1U);
  EXPECT_EQ(sink_.resumed_from, std::vector<int>{2});
  EXPECT_EQ(epochs(), (std::vector<int>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(script_.weight, 18);
  EXPECT_EQ(script_.steps, 8 + 12);
  EXPECT_TRUE(said_.empty()) << said_[0];
  EXPECT_TRUE(files().empty()) << "a finished run needs none";
}

TEST_F(Resume, GoesOnWithARepetitionToo) {
  run();
  sink_.finished_up_to = 1;
  EXPECT_FALSE(run(/*step=*/8, /*repeat=*/true));
  EXPECT_EQ(run(0, /*repeat=*/true).value().status, RunStatus::kFinished);
  EXPECT_EQ(sink_.runs.size(), 2U);
  EXPECT_EQ(sink_.resumed_from, std::vector<int>{2});
  EXPECT_TRUE(files().empty());
}

TEST_F(Resume, VisitsTheReviewsInTheOrderOfTheEpoch) {
  trial_.training.epochs = 3;
  run();
  const std::vector<std::int32_t> whole = std::exchange(script_.first_ids, {});
  sink_ = RecordingSink();
  run(/*step=*/4);
  script_.first_ids.clear();
  run();
  EXPECT_EQ(script_.first_ids, std::vector<std::int32_t>(whole.begin() + 10, whole.end()));
}

TEST_F(Resume, BringsBackTheEnginesRandomState) {
  run(/*step=*/4);
  script_.random = "elsewhere";
  run(/*step=*/1);
  EXPECT_EQ(script_.random, "\x01\xff");
}

TEST_F(Resume, IsInterruptedAsOftenAsOneLikes) {
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(run(/*step=*/5));
  EXPECT_TRUE(run());
  EXPECT_EQ(sink_.resumed_from, (std::vector<int>{1, 2, 3, 4, 5}));
  EXPECT_EQ(epochs(), (std::vector<int>{1, 2, 3, 4, 5, 6}));
}

TEST_F(Resume, BeginsAnewWhereNoEpochWasFinished) {
  run(/*step=*/2);
  run();
  EXPECT_EQ(sink_.runs.size(), 2U);
  EXPECT_TRUE(said_.empty());
}

TEST_F(Resume, RepeatsTheEpochsAfterTheCheckpoint) {
  EXPECT_FALSE(run(/*step=*/4));
  services_.checkpoint_seconds = 1e9;
  EXPECT_FALSE(run(/*step=*/8));  // epochs 2 and 3 leave no checkpoint
  EXPECT_EQ(epochs(), (std::vector<int>{1, 2, 3}));
  EXPECT_TRUE(run());
  EXPECT_EQ(sink_.resumed_from, (std::vector<int>{1, 1}));
  EXPECT_EQ(epochs(), (std::vector<int>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(script_.weight, 18);
}

// The rate, the patience and the best epoch follow from what is recorded of the epochs.
TEST_F(Resume, FollowsTheRecordedEpochs) {
  trial_.training.optimizer.learning_rate = 0.5;
  trial_.training.schedule.kind = ScheduleKind::kPlateau;
  trial_.training.schedule.patience = 1;
  trial_.training.early_stopping.patience = 3;
  script_.positive_by_evaluation = {0.75F, 0.5F, 0.75F, 0.75F, 0.75F, 0.6F};  // epochs 1 to 5; test
  run(/*step=*/13);                                                           // in the middle of epoch 5
  EXPECT_DOUBLE_EQ(script_.learning_rates.back(), 0.5 * 0.1 * 0.1);
  ASSERT_EQ(files().size(), 1U);
  script_.weight = 99;
  const RunEnd end = run().value();
  EXPECT_DOUBLE_EQ(script_.learning_rates.back(), 0.5 * 0.1 * 0.1);
  EXPECT_EQ(epochs(), (std::vector<int>{1, 2, 3, 4, 5})) << "it was to stop three epochs after the best";
  EXPECT_EQ(script_.weights_by_evaluation.back(), 6) << "tests the weights of epoch 2";
  EXPECT_EQ(end.predictions.at(0).positive, std::vector<float>(6, 0.6F));
  EXPECT_EQ(read_parameters(folder_.path() / end.artifacts.at(1).path).at("steps").values.at(0), 6);
}

TEST_F(Resume, KeepsTheBestWeightsOfTheCheckpointsOwnEpoch) {
  script_.positive_by_evaluation = {0.75F, kRight, 0.75F};
  run(/*step=*/7);
  script_.weight = 99;
  const RunEnd end = run().value();
  EXPECT_EQ(end.artifacts.at(1).kind, "parameters_best");
  EXPECT_EQ(read_parameters(folder_.path() / end.artifacts.at(1).path).at("steps").values.at(0), 6);
}

TEST_F(Resume, BeginsAnewWhereTheCheckpointIsDamagedAndSaysSo) {
  run(/*step=*/8);
  std::string bytes = read_file(files().at(0));
  bytes.back() ^= 1;
  write_file_atomically(files().at(0), bytes);
  EXPECT_EQ(run().value().status, RunStatus::kFinished);
  EXPECT_EQ(sink_.runs.size(), 2U);
  EXPECT_EQ(script_.weight, 18);
  ASSERT_EQ(said_.size(), 1U);
  EXPECT_NE(said_[0].find("run 1 can't go on after epoch 2"), std::string::npos) << said_[0];
  EXPECT_NE(said_[0].find("damaged"), std::string::npos) << said_[0];
  EXPECT_TRUE(files().empty());
}

TEST_F(Resume, BeginsAnewWhereTheFileIsGone) {
  run(/*step=*/8);
  fs::remove(files().at(0));
  run();
  EXPECT_EQ(sink_.runs.size(), 2U);
  EXPECT_EQ(said_.size(), 1U);
}

TEST_F(Resume, BeginsAnewWithAnotherEngine) {
  run(/*step=*/8);
  script_.description = R"({"name": "fake", "threads": 2})";
  run();
  EXPECT_EQ(sink_.runs.size(), 2U);
  ASSERT_EQ(said_.size(), 1U);
  EXPECT_NE(said_[0].find(R"("threads": 2)"), std::string::npos) << said_[0];
}

// A run of two builds would be what neither computes.
TEST_F(Resume, BeginsAnewWithAnotherBuild) {
  services_.environment = {{"build", {{"revision", "a"}}}, {"machine", "test"}};
  run(/*step=*/8);
  services_.environment["machine"] = "another";
  run(/*step=*/4);
  EXPECT_EQ(sink_.runs.size(), 1U);
  services_.environment["build"]["revision"] = "b";
  run();
  EXPECT_EQ(sink_.runs.size(), 2U);
  ASSERT_EQ(said_.size(), 1U);
  EXPECT_NE(said_[0].find("another build"), std::string::npos) << said_[0];
}

TEST_F(Resume, LeavesARunAloneThatAnotherProcessWentOnWith) {
  run(/*step=*/8);
  sink_.taken_by_another = true;
  const int steps = script_.steps;
  EXPECT_FALSE(run());
  EXPECT_EQ(script_.steps, steps);
  EXPECT_EQ(files().size(), 1U) << "it is the other's now";
}

TEST_F(Resume, AFailedRunKeepsNoCheckpoint) {
  script_.not_finite_at_step = 8;
  EXPECT_EQ(run().value().status, RunStatus::kFailed);
  EXPECT_TRUE(files().empty());
}

TEST_F(Resume, AddsUpTheTimesOfAllProcesses) {
  run(/*step=*/8);
  sink_.runs[0].end.seconds = 1000;
  sink_.runs[0].epochs[1].train_seconds = 500;
  const RunEnd end = run().value();
  EXPECT_GE(end.seconds, 1000);
  EXPECT_LT(end.seconds, 1100);
  EXPECT_GE(end.train_seconds, 500);
  EXPECT_LT(end.train_seconds, 600);
  EXPECT_GE(sink_.runs[0].epochs[2].seconds, 1000);
}

// The first steps of a process fill caches, in whatever epoch they are.
TEST_F(Resume, KeepsTheFirstStepsOfEachProcessApart) {
  run(/*step=*/8);
  run();
  const auto warmed_up = [&](std::size_t epoch) {
    const std::vector<TimingRecord>& timings = sink_.runs[0].epochs.at(epoch - 1).timings;
    return std::any_of(timings.begin(), timings.end(),
                       [](const TimingRecord& timing) { return timing.warmup; });
  };
  EXPECT_TRUE(warmed_up(1));
  EXPECT_FALSE(warmed_up(2));
  EXPECT_TRUE(warmed_up(3));
  EXPECT_FALSE(warmed_up(4));
}

// Catches: the control of a later process recorded of an epoch that an earlier one finished.
TEST_F(Resume, TimesTheControlOfEachProcess) {
  std::int64_t readings = 0;
  services_.read_control = [&] { return ControlReading{{++readings}}; };
  run(/*step=*/8);  // readings 1 to 3
  run();
  const auto control = [&](std::size_t epoch) {
    std::vector<std::int64_t> samples;
    for (const TimingRecord& timing : sink_.runs[0].epochs.at(epoch - 1).timings) {
      if (timing.phase == "control")
        samples.insert(samples.end(), timing.samples_ns.begin(), timing.samples_ns.end());
    }
    return samples;
  };
  EXPECT_EQ(control(1), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(control(2), (std::vector<std::int64_t>{3}));
  EXPECT_EQ(control(3), (std::vector<std::int64_t>{4, 5}));
  EXPECT_EQ(control(6), (std::vector<std::int64_t>{8}));
}

}  // namespace
}  // namespace rnnbench
