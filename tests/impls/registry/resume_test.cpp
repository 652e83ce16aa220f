#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "harness/runner/run_trial.hpp"
#include "impls/registry/registry.hpp"
#include "tests/harness/runner/fakes.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

/// Random reviews of six tokens whose label says whether the first id is small.
EncodedData random_data() {
  constexpr std::size_t kReviews = 120, kTime = 6;
  struct Memory {
    std::vector<std::int32_t> ids, lengths = std::vector<std::int32_t>(kReviews, kTime);
    std::vector<std::uint8_t> labels;
  };
  auto memory = std::make_shared<Memory>();
  std::mt19937 random(1);
  for (std::size_t i = 0; i < kReviews * kTime; ++i) {
    memory->ids.push_back(static_cast<std::int32_t>(random() % 11) + 1);
    if (i % kTime == 0) memory->labels.push_back(memory->ids.back() < 6 ? 1 : 0);
  }
  const auto part = [&](std::size_t first, std::size_t count, const char* digest) {
    return EncodedPart{std::span(memory->ids).subspan(kTime * first, kTime * count),
                       std::span(memory->lengths).subspan(first, count),
                       std::span(memory->labels).subspan(first, count), digest};
  };
  EncodedData data;
  data.time = kTime;
  data.vocabulary = 12;
  data.train = part(0, 64, "train");
  data.validation = part(64, 16, "validation");
  data.test = part(80, 40, "test");
  data.words = {"word"};
  data.memory = memory;
  return data;
}

struct Case {
  std::string name;
  std::string engine;
  TrainingSpec training;
};

TrainingSpec training_with(OptimizerKind kind, double momentum) {
  TrainingSpec training;
  training.optimizer.kind = kind;
  training.optimizer.momentum = momentum;
  training.optimizer.learning_rate = 0.02;
  training.batch = 10;
  training.epochs = 7;
  training.threads = 1;
  training.clip_norm = 0.5;
  training.schedule.kind = ScheduleKind::kPlateau;
  training.schedule.patience = 2;
  training.early_stopping.patience = 3;
  return training;
}

/// Stops the runner once `epoch` is finished.
class StopAfter final : public ProgressListener {
 public:
  StopAfter(int epoch, std::stop_source& stop) : epoch_(epoch), stop_(stop) {}
  void epoch_finished(const EpochRecord& epoch) override {
    if (epoch.epoch == epoch_) stop_.request_stop();
  }

 private:
  int epoch_;
  std::stop_source& stop_;
};

class ResumedRun : public testing::TestWithParam<Case> {
 protected:
  /// Runs the case to its end, each process but the last stopped after one of the epochs.
  RecordingSink::Recorded run(const std::vector<int>& stops) {
    RecordingSink sink;
    TrialSpec trial;
    trial.engine = GetParam().engine;
    trial.training = GetParam().training;
    trial.model = tiny_rnn();
    trial.model.dropout = 0.2;
    trial.model.layers[0].cell = Cell::kLstm;
    trial.model.layers[0].output_dropout = 0.3;
    RunServices services;
    services.load_data = [](const TrialSpec&) { return random_data(); };
    services.make_engine = [](const std::string& name, const EngineSetup& setup) {
      return make_engine(name, setup);
    };
    services.artifact_root = folder_.path();
    services.artifact_folder = std::to_string(stops.size());
    services.checkpoint_seconds = 0;
    const RunStart start{{"e", "q", "c"}, tiny_record("k"), 5, "", "{}"};
    for (const int epoch : stops) {
      std::stop_source stop;
      services.stop = stop.get_token();
      StopAfter progress(epoch, stop);
      EXPECT_THROW(run_trial(trial, start, false, services, sink, progress), Interrupted);
    }
    services.stop = {};
    ProgressListener quiet;
    EXPECT_TRUE(run_trial(trial, start, false, services, sink, quiet));
    EXPECT_EQ(sink.resumed_from, stops);
    return sink.at(1);
  }

  static std::vector<std::string> values_of(const RecordingSink::Recorded& run) {
    std::vector<std::string> values;
    const auto add = [&](const MetricRecord& metric) {
      values.push_back(fmt::format("{} {} {} {:a}", metric.name, metric.split, metric.epoch, metric.value));
    };
    for (const EpochRecord& epoch : run.epochs)
      std::for_each(epoch.metrics.begin(), epoch.metrics.end(), add);
    std::for_each(run.end.metrics.begin(), run.end.metrics.end(), add);
    return values;
  }
  Parameters weights(const RecordingSink::Recorded& run, std::size_t artifact) const {
    return read_parameters(folder_.path() / run.end.artifacts.at(artifact).path);
  }

  TemporaryFolder folder_;
};

// Catches: momentum, step numbers, a dropout stream or the best weights that are not brought back.
TEST_P(ResumedRun, EqualsTheUninterruptedOneBitForBit) {
  const RecordingSink::Recorded whole = run({});
  for (const std::vector<int>& stops : {std::vector<int>{2}, std::vector<int>{1, 3, 4}}) {
    const RecordingSink::Recorded resumed = run(stops);
    EXPECT_EQ(values_of(resumed), values_of(whole));
    EXPECT_EQ(resumed.end.predictions.at(0).positive, whole.end.predictions.at(0).positive);
    EXPECT_TRUE(identical(weights(resumed, 0), weights(whole, 0)));
    EXPECT_TRUE(identical(weights(resumed, 1), weights(whole, 1)));
  }
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const std::string engine : {"eigen", "fused", "libtorch"}) {
#ifndef RNNBENCH_HAS_LIBTORCH
    if (engine == "libtorch") continue;
#endif
    all.push_back({engine + "_momentum", engine, training_with(OptimizerKind::kSgd, 0.9)});
    all.push_back({engine + "_adam", engine, training_with(OptimizerKind::kAdam, 0)});
    all.push_back({engine + "_rmsprop", engine, training_with(OptimizerKind::kRmsprop, 0)});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Engines, ResumedRun, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace rnnbench
