#include "harness/runner/run_trial.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "harness/core/seeds.hpp"
#include "harness/runner/artifacts.hpp"
#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

class RunTrial : public testing::Test {
 protected:
  RunTrial()
      : folder_(testing::TempDir() + "run_trial_" + std::to_string(::getpid()) + "_" +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {}
  ~RunTrial() override { std::filesystem::remove_all(folder_); }

  RunEnd run(const TrialSpec& trial, const RunServices& services) {
    ProgressListener quiet;
    const RunStart start{{"e", "q", "c"}, tiny_record("k"), 1, "", "{}"};
    return run_trial(trial, start, /*repeat=*/true, services, sink_, quiet).value();
  }

  double metric(std::size_t epoch, const std::string& name, const std::string& split) {
    for (const MetricRecord& metric : sink_.runs.at(0).epochs.at(epoch - 1).metrics) {
      if (metric.name == name && metric.split == split) return metric.value;
    }
    ADD_FAILURE() << "no " << name << " of " << split << " in epoch " << epoch;
    return 0;
  }

  std::string folder_;
  EngineScript script_;
  RecordingSink sink_;
};

// One wait for the disk instead of two. Earlier epochs are recorded as they come.
TEST_F(RunTrial, RecordsTheLastEpochTogetherWithTheEnd) {
  run(tiny_trial(3), fake_services(script_, folder_));
  EXPECT_EQ(sink_.transactions_by_epoch, (std::vector<int>{0, 0, 1}));
  EXPECT_EQ(sink_.transactions, 1);
}

TEST_F(RunTrial, RecordsEveryEpochAndTheTestPredictions) {
  const RunEnd end = run(tiny_trial(3), fake_services(script_, folder_));
  EXPECT_EQ(end.status, RunStatus::kFinished);
  ASSERT_EQ(sink_.runs.size(), 1U);
  ASSERT_EQ(sink_.runs[0].epochs.size(), 3U);
  EXPECT_DOUBLE_EQ(metric(1, "loss", "train"), 0.5);
  EXPECT_NEAR(metric(2, "loss", "validation"), (-std::log(0.25) - std::log(0.75)) / 2, 1e-6);
  EXPECT_DOUBLE_EQ(metric(3, "accuracy", "test"), 0.5);
  ASSERT_EQ(end.predictions.size(), 1U);
  EXPECT_EQ(end.predictions[0].reviews_digest, "test");
  EXPECT_EQ(end.predictions[0].positive, std::vector<float>(6, 0.75F));
  EXPECT_EQ(Json::parse(sink_.runs[0].start.engine).at("name"), "fake");
  EXPECT_EQ(Json::parse(sink_.runs[0].start.environment).at("machine"), "test");
  const Json particulars = Json::parse(sink_.runs[0].start.particulars);
  EXPECT_EQ(particulars.at("seeds").at("dropout"), run_seeds(1).dropout);
  EXPECT_FALSE(particulars.at("processors").get<std::string>().empty());
}

TEST_F(RunTrial, TestsAfterTheLastEpochOnlyUnlessAsked) {
  const auto tests_in = [&](std::size_t run, std::size_t epoch) {
    const std::vector<MetricRecord>& metrics = sink_.runs.at(run).epochs.at(epoch - 1).metrics;
    return std::count_if(metrics.begin(), metrics.end(),
                         [](const auto& one) { return one.split == "test" && one.name == "accuracy"; });
  };
  run(tiny_trial(2), fake_services(script_, folder_, /*with_validation=*/false));
  EXPECT_EQ(tests_in(0, 1), 0);
  EXPECT_EQ(tests_in(0, 2), 1);
  TrialSpec curious = tiny_trial(2);
  curious.evaluation.test_every_epoch = true;
  run(curious, fake_services(script_, folder_, false));
  EXPECT_EQ(tests_in(1, 1), 1);
}

TEST_F(RunTrial, RecordsTheMetricsOfTheTableAndThoseGiven) {
  RunServices services = fake_services(script_, folder_);
  services.metrics.push_back(
      {"reviews", "reviews", [](auto positive, auto) { return static_cast<double>(positive.size()); }});
  run(tiny_trial(2), services);
  EXPECT_DOUBLE_EQ(metric(2, "f1", "test"), 2.0 / 3);  // all are called positive, half of them are
  EXPECT_DOUBLE_EQ(metric(2, "roc_area", "validation"), 0.5);
  EXPECT_DOUBLE_EQ(metric(1, "reviews", "validation"), 4);
  EXPECT_DOUBLE_EQ(metric(2, "reviews", "test"), 6);
  EXPECT_EQ(sink_.runs[0].epochs[1].metrics.back().unit, "reviews");
}

TEST_F(RunTrial, TrainsAtTheScheduledRateAndRecordsIt) {
  TrialSpec trial = tiny_trial(4);
  trial.training.optimizer.learning_rate = 0.5;
  trial.training.schedule.kind = ScheduleKind::kPlateau;
  trial.training.schedule.patience = 1;
  script_.positive_by_evaluation = {0.75F, 0.75F, kRight, 0.75F};  // validation of 1, 2, 3, 4
  run(trial, fake_services(script_, folder_));
  const std::vector<double> by_epoch = {0.5, 0.5, 0.05, 0.05};
  for (std::size_t epoch = 1; epoch <= 4; ++epoch) {
    EXPECT_DOUBLE_EQ(metric(epoch, "learning_rate", "train"), by_epoch[epoch - 1]);
    EXPECT_DOUBLE_EQ(script_.learning_rates.at(3 * epoch - 1), by_epoch[epoch - 1]);
  }
}

TEST_F(RunTrial, RecordsTheShareOfClippedStepsWhereThereIsClipping) {
  TrialSpec trial = tiny_trial(2);
  trial.training.clip_norm = 1;
  script_.clipped_steps = 4;
  run(trial, fake_services(script_, folder_));
  EXPECT_DOUBLE_EQ(metric(1, "clipped_steps", "train"), 1);
  EXPECT_DOUBLE_EQ(metric(2, "clipped_steps", "train"), 1.0 / 3);
  trial.training.clip_norm = 0;
  run(trial, fake_services(script_, folder_));
  const std::vector<MetricRecord>& metrics = sink_.runs.at(1).epochs.at(0).metrics;
  EXPECT_TRUE(std::none_of(metrics.begin(), metrics.end(),
                           [](const auto& one) { return one.name == "clipped_steps"; }));
}

TEST_F(RunTrial, RecordsDeadUnitsEveryEpoch) {
  script_.activations = {{"layers.0", {{3, 10, 2}, std::vector<double>(60, 0.25)}}};
  run(tiny_trial(2), fake_services(script_, folder_));
  EXPECT_EQ(metric(1, "dead_units/layers.0", "train"), 1);
  EXPECT_EQ(metric(2, "saturated_units/layers.0", "train"), 0);
}

// Catches: no control, or one within what is timed.
TEST_F(RunTrial, TimesTheControlBesideItsEpochs) {
  RunServices services = fake_services(script_, folder_);
  std::vector<int> steps;
  services.read_control = [&] {
    steps.push_back(script_.steps);
    return ControlReading{{static_cast<std::int64_t>(steps.size())}};
  };
  run(tiny_trial(2), services);
  EXPECT_EQ(steps, (std::vector<int>{0, 3, 6}));
  const std::vector<std::vector<std::int64_t>> expected = {{1, 2}, {3}};
  for (std::size_t epoch = 0; epoch < 2; ++epoch) {
    const TimingRecord& control = sink_.runs[0].epochs[epoch].timings.back();
    EXPECT_EQ(control.phase, "control");
    EXPECT_EQ(control.epoch, static_cast<int>(epoch) + 1);
    EXPECT_EQ(control.samples_ns, expected[epoch]);
  }
}

TEST_F(RunTrial, RecordsWhatADeviceMeasuredOfItself) {
  script_.device_use = {.forward_ns = {10, 11, 12, 13},
                        .backward_ns = {20, 21, 22, 23},
                        .optimizer_ns = {1, 2, 3, 4},
                        .step_ns = {31, 34, 37, 40},
                        .memory_peak = 4096};
  TrialSpec trial = tiny_trial(2);
  trial.device = Device::kCuda;
  run(trial, fake_services(script_, folder_));
  EXPECT_EQ(metric(2, "device_memory_peak", ""), 4096);
  const auto samples_of = [&](std::size_t epoch, const std::string& phase, bool warmup) {
    for (const TimingRecord& timing : sink_.runs.at(0).epochs.at(epoch - 1).timings) {
      if (timing.phase == phase && timing.clock == "device" && timing.warmup == warmup) {
        return timing.samples_ns;
      }
    }
    return std::vector<std::int64_t>{};
  };
  EXPECT_EQ(samples_of(1, "step", true), (std::vector<std::int64_t>{31, 34, 37}));
  EXPECT_EQ(samples_of(1, "step", false), (std::vector<std::int64_t>{40}));
  EXPECT_EQ(samples_of(2, "backward", false), script_.device_use.backward_ns);
}

TEST_F(RunTrial, WaitsForPredictionsThatADeviceWritesLate) {
  script_.predicts_late = true;
  const RunEnd end = run(tiny_trial(1), fake_services(script_, folder_));
  EXPECT_EQ(end.predictions.at(0).positive, std::vector<float>(6, 0.75F));
}

// Catches: a schedule that silently never acts, where rounding left the validation part empty.
TEST_F(RunTrial, RefusesToWatchAPartWithoutReviews) {
  TrialSpec trial = tiny_trial(1);
  trial.training.schedule.kind = ScheduleKind::kPlateau;
  EXPECT_THROW(run(trial, fake_services(script_, folder_, /*with_validation=*/false)), ConfigError);
}

TEST_F(RunTrial, VisitsEveryReviewOnceAnEpochInASeededOrder) {
  run(tiny_trial(2), fake_services(script_, folder_));
  EXPECT_EQ(script_.batch_sizes, (std::vector<int>{4, 4, 2, 4, 4, 2}));
  std::vector<std::int32_t> first(script_.first_ids.begin(), script_.first_ids.begin() + 10);
  std::vector<std::int32_t> second(script_.first_ids.begin() + 10, script_.first_ids.end());
  EXPECT_NE(first, second) << "both epochs had the same order";
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  std::vector<std::int32_t> all(10);
  for (int i = 0; i < 10; ++i) all[static_cast<std::size_t>(i)] = i;
  EXPECT_EQ(first, all);
  EXPECT_EQ(second, all);
}

TEST_F(RunTrial, KeepsTheWeightsOfTheBestValidationEpoch) {
  // Labels alternate, so 0.75 is right for half of the reviews.
  script_.positive_by_evaluation = {0.75F, kRight, 0.75F, 0.75F};  // validation of 1, 2, 3; test
  const RunEnd end = run(tiny_trial(3), fake_services(script_, folder_));
  ASSERT_EQ(end.artifacts.size(), 3U);
  const auto weight = [&](const ArtifactRecord& artifact) {
    return read_parameters(std::filesystem::path(folder_) / artifact.path).at("steps").values.at(0);
  };
  EXPECT_EQ(end.artifacts[0].kind, "parameters_last");
  EXPECT_EQ(weight(end.artifacts[0]), 9.0F);
  EXPECT_EQ(end.artifacts[1].kind, "parameters_best");
  EXPECT_EQ(weight(end.artifacts[1]), 6.0F);
  EXPECT_FALSE(
      read_parameters(std::filesystem::path(folder_) / end.artifacts[0].path).contains("optimizer.step"));
}

// Six epochs, of which the second is the best by validation loss; each takes three steps.
class RunTrialThatStops : public RunTrial {
 protected:
  RunTrialThatStops() {
    trial_.training.early_stopping.patience = 2;
    script_.positive_by_evaluation = {0.75F, 0.5F, 0.75F, 0.75F, 0.6F};  // validation of 1, 2, 3, 4; test
  }
  float stored_weight(const RunEnd& end, std::size_t artifact) {
    return static_cast<float>(
        read_parameters(std::filesystem::path(folder_) / end.artifacts.at(artifact).path)
            .at("steps")
            .values.at(0));
  }
  static std::map<std::string, double> end_metrics(const RunEnd& end) {
    std::map<std::string, double> metrics;
    for (const MetricRecord& metric : end.metrics) metrics[metric.name + "/" + metric.split] = metric.value;
    return metrics;
  }
  TrialSpec trial_ = tiny_trial(6);
};

TEST_F(RunTrialThatStops, IsFinishedAndSaysWhenItStopped) {
  const RunEnd end = run(trial_, fake_services(script_, folder_));
  EXPECT_EQ(end.status, RunStatus::kFinished);
  EXPECT_EQ(sink_.runs[0].epochs.size(), 4U);
  EXPECT_EQ(end_metrics(end),
            (std::map<std::string, double>{{"best_epoch/validation", 2}, {"stopped_epoch/", 4}}));
}

TEST_F(RunTrialThatStops, TestsAndStoresTheBestWeights) {
  const RunEnd end = run(trial_, fake_services(script_, folder_));
  EXPECT_EQ(script_.weights_by_evaluation, (std::vector<float>{3, 6, 9, 12, 6}));
  EXPECT_EQ(end.predictions.at(0).positive, std::vector<float>(6, 0.6F));
  EXPECT_DOUBLE_EQ(metric(4, "accuracy", "test"), 0.5);
  EXPECT_EQ(stored_weight(end, 0), 6);
  EXPECT_EQ(stored_weight(end, 1), 6);
  EXPECT_EQ(end.artifacts[0].path, end.artifacts[1].path) << "the same weights were written twice";
}

TEST_F(RunTrialThatStops, HasNotStoppedEarlyAtItsLastEpoch) {
  trial_.training.epochs = 4;
  EXPECT_EQ(end_metrics(run(trial_, fake_services(script_, folder_))).count("stopped_epoch/"), 0U);
}

TEST_F(RunTrialThatStops, KeepsTheLastWeightsWhereNothingIsRestored) {
  trial_.training.early_stopping.restore_best = false;
  script_.positive_by_evaluation = {0.75F, kRight, 0.75F, 0.75F, 0.6F};
  const RunEnd end = run(trial_, fake_services(script_, folder_));
  EXPECT_EQ(script_.weights_by_evaluation.back(), 12);
  EXPECT_EQ(stored_weight(end, 0), 12);
  EXPECT_EQ(stored_weight(end, 1), 6) << "the best by validation accuracy";
}

// Catches: weights that are restored only where training was cut short.
TEST_F(RunTrialThatStops, RestoresAfterTheLastEpochToo) {
  trial_.training.epochs = 3;
  script_.positive_by_evaluation = {0.75F, 0.5F, 0.75F, 0.6F};
  const RunEnd end = run(trial_, fake_services(script_, folder_));
  EXPECT_EQ(end_metrics(end), (std::map<std::string, double>{{"best_epoch/validation", 2}}));
  EXPECT_EQ(script_.weights_by_evaluation, (std::vector<float>{3, 6, 9, 6}));
}

TEST_F(RunTrialThatStops, RunsOnWhileItImproves) {
  script_.positive_by_evaluation = {0.95F, 0.9F, 0.85F, 0.8F, 0.75F, 0.7F, 0.6F};
  const RunEnd end = run(trial_, fake_services(script_, folder_));
  EXPECT_EQ(sink_.runs[0].epochs.size(), 6U);
  EXPECT_EQ(end_metrics(end), (std::map<std::string, double>{{"best_epoch/validation", 6}}));
  EXPECT_EQ(script_.weights_by_evaluation.back(), 18);
}

TEST_F(RunTrialThatStops, CanWatchTheTrainingLoss) {
  trial_.training.early_stopping.metric = WatchedMetric::kTrainLoss;
  script_.train_loss_by_epoch = {0.5, 0.4, 0.3, 0.4, 0.4, 0.1};
  const RunEnd end = run(trial_, fake_services(script_, folder_, /*with_validation=*/false));
  EXPECT_EQ(end_metrics(end),
            (std::map<std::string, double>{{"best_epoch/train", 3}, {"stopped_epoch/", 5}}));
}

TEST_F(RunTrial, VocabularyComesBackByteForByte) {
  const RunEnd end = run(tiny_trial(1), fake_services(script_, folder_));
  EXPECT_EQ(end.artifacts.at(2).kind, "vocabulary");
  EXPECT_EQ(read_vocabulary(std::filesystem::path(folder_) / end.artifacts[2].path),
            (std::vector<std::string>{"good", "bad\xff"}));
}

TEST_F(RunTrial, RepairsADamagedVocabulary) {
  const RunEnd end = run(tiny_trial(1), fake_services(script_, folder_));
  const auto file = std::filesystem::path(folder_) / end.artifacts.at(2).path;
  std::filesystem::resize_file(file, 3);
  EXPECT_THROW(read_vocabulary(file), EnvironmentError);
  EXPECT_EQ(run(tiny_trial(1), fake_services(script_, folder_)).artifacts.at(2).sha256,
            end.artifacts[2].sha256);
  EXPECT_EQ(read_vocabulary(file).size(), 2U);
}

TEST_F(RunTrial, FailsWhenMemoryEnds) {
  RunServices services = fake_services(script_, folder_);
  services.make_engine = [](const std::string&, const EngineSetup&) -> std::unique_ptr<Engine> {
    throw std::bad_alloc();
  };
  EXPECT_EQ(run(tiny_trial(1), services).reason, "not enough memory");
}

TEST_F(RunTrial, FailsWithItsReasonWhenTheLossIsNotFinite) {
  script_.not_finite_at_step = 5;
  const RunEnd end = run(tiny_trial(3), fake_services(script_, folder_));
  EXPECT_EQ(end.status, RunStatus::kFailed);
  EXPECT_NE(end.reason.find("not finite in epoch 2"), std::string::npos) << end.reason;
  ASSERT_EQ(sink_.runs[0].epochs.size(), 2U);
  EXPECT_TRUE(std::isnan(metric(2, "loss", "train")));
  EXPECT_TRUE(end.artifacts.empty());
}

TEST_F(RunTrial, FailsWhenTheWeightsBecomeNaNInTheLastStep) {
  script_.positive_by_evaluation = {0.75F, 0.75F, std::nanf("")};  // validation of 1, 2; test
  const RunEnd end = run(tiny_trial(2), fake_services(script_, folder_));
  EXPECT_EQ(end.status, RunStatus::kFailed);
  EXPECT_NE(end.reason.find("the test loss is not finite in epoch 2"), std::string::npos) << end.reason;
  EXPECT_TRUE(end.predictions.empty());
}

class RunTrialOfWordVectors : public RunTrial {
 protected:
  RunTrialOfWordVectors() {
    trial_.model.embedding.vectors = "news";
    given_ = {{std::vector<float>(40, 0.5F), 8, 2, "GloVe"}, "news.txt", "abc"};
    services_.given_vectors = [this](const TrialSpec&, const EncodedData&) {
      return std::make_shared<const GivenVectors>(given_);
    };
  }
  TrialSpec trial_ = tiny_trial(1);
  GivenVectors given_;
  RunServices services_ = fake_services(script_, folder_);
};

TEST_F(RunTrialOfWordVectors, StartsFromThem) {
  EXPECT_EQ(run(trial_, services_).status, RunStatus::kFinished);
  EXPECT_EQ(script_.initial.at("embedding.weight").values, std::vector<double>(40, 0.5));
  EXPECT_NE(script_.initial.at("head.kernel").values, std::vector<double>(4, 0.5));
}

TEST_F(RunTrialOfWordVectors, RecordsHowManyWordsHaveOneAndWhatTheyAre) {
  const RunEnd end = run(trial_, services_);
  const auto coverage = std::find_if(end.metrics.begin(), end.metrics.end(),
                                     [](const auto& one) { return one.name == "vectors_found"; });
  ASSERT_NE(coverage, end.metrics.end());
  EXPECT_EQ(coverage->value, 0.25);
  EXPECT_EQ(coverage->unit, "fraction");
  const Json engine = Json::parse(sink_.runs.at(0).start.engine);
  EXPECT_EQ(engine.at("name"), "fake");
  EXPECT_EQ(
      engine.at("word_vectors"),
      Json::parse(R"({"file": "news.txt", "format": "GloVe", "sha256": "abc", "words": 8, "found": 2})"));
}

// Catches: a matrix that ends at a damaged file of vectors, a run that isn't recorded.
TEST_F(RunTrialOfWordVectors, FailsWithItsReasonWhereTheFileIsDamaged) {
  services_.given_vectors = [](const TrialSpec&, const EncodedData&) -> std::shared_ptr<const GivenVectors> {
    throw DataError("news.txt: line 3: 'x' is no number");
  };
  EXPECT_EQ(run(trial_, services_).reason, "news.txt: line 3: 'x' is no number");
  EXPECT_EQ(sink_.runs.at(0).end.status, RunStatus::kFailed);
  EXPECT_EQ(script_.steps, 0);
}

TEST_F(RunTrialOfWordVectors, AsksForNoneWhereTheModelNamesNone) {
  services_.given_vectors = nullptr;
  const RunEnd end = run(tiny_trial(1), services_);
  EXPECT_EQ(end.status, RunStatus::kFinished);
  EXPECT_FALSE(Json::parse(sink_.runs.at(0).start.engine).contains("word_vectors"));
}

TEST_F(RunTrial, AnEngineThatCannotBeMadeIsAFailedRun) {
  RunServices services = fake_services(script_, folder_);
  services.make_engine = [](const std::string&, const EngineSetup&) -> std::unique_ptr<Engine> {
    throw EngineError("out of memory");
  };
  EXPECT_EQ(run(tiny_trial(1), services).reason, "out of memory");
  EXPECT_EQ(sink_.runs.at(0).end.status, RunStatus::kFailed);
}

TEST_F(RunTrial, StopsBetweenStepsAndSaysInterrupted) {
  script_.stop_at_step = 4;
  EXPECT_THROW(run(tiny_trial(3), fake_services(script_, folder_)), Interrupted);
  EXPECT_EQ(script_.steps, 4);
  EXPECT_EQ(sink_.runs.at(0).end.status, RunStatus::kInterrupted);
  EXPECT_EQ(sink_.runs[0].epochs.size(), 1U) << "the finished epoch must stay";
}

// A full disk is no failure of the run: it goes on once there is space.
TEST_F(RunTrial, AnUnwritableFolderEndsTheMatrixAndInterruptsTheRun) {
  RunServices services = fake_services(script_, folder_);
  services.artifact_root = "/proc/nowhere";
  EXPECT_THROW(run(tiny_trial(1), services), EnvironmentError);
  EXPECT_EQ(sink_.runs.at(0).end.status, RunStatus::kInterrupted);
  EXPECT_NE(sink_.runs[0].end.reason.find("/proc/nowhere"), std::string::npos) << sink_.runs[0].end.reason;
}

}  // namespace
}  // namespace rnnbench
