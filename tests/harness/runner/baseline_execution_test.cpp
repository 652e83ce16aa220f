#include "harness/runner/baseline_execution.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "harness/runner/baseline_predictor.hpp"
#include "harness/runner/run_trial.hpp"
#include "tests/harness/runner/fakes.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

/// Takes three rounds and keeps two; calls every review positive with a probability of its own.
class FakeBaseline final : public Baseline {
 public:
  FittedBaseline fit(const TokenRows& /*train*/, const TokenRows& validation, const RoundReport& on_round,
                     const std::stop_token& stop) override {
    for (int round = 1; round <= 3; ++round) {
      if (stop.stop_requested()) throw Interrupted();
      on_round({round, 1.0 / round, validation.reviews() > 0 ? 2.0 / round : std::nan("")});
    }
    return {2, true, 17};
  }
  std::vector<float> predict(const TokenRows& rows) override {
    return std::vector<float>(rows.reviews(), positive_);
  }
  Parameters state() const override { return {{"positive", {{1}, {positive_}}}}; }
  void set_state(const Parameters& state) override {
    if (!state.contains("positive")) throw EngineError("there is no positive in it");
    positive_ = static_cast<float>(state.at("positive").values.at(0));
  }
  std::string describe() const override { return R"({"engine": "fake"})"; }

 private:
  float positive_ = 0.75F;
};

TokenRows rows_of(std::vector<std::uint8_t> labels, const std::string& digest) {
  TokenRows rows;
  rows.ends.resize(labels.size());
  rows.labels = std::move(labels);
  rows.digest = digest;
  return rows;
}

class BaselineRun : public testing::Test {
 protected:
  BaselineRun()
      : folder_(testing::TempDir() + "baseline_run_" + std::to_string(::getpid()) + "_" +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    trial_.engine = kBoostedTrees;
    services_ = fake_services(script_, folder_);
    services_.make_baseline = [](const std::string&, const BaselineSetup&) {
      return std::make_unique<FakeBaseline>();
    };
    load({0, 1});
  }
  ~BaselineRun() override { std::filesystem::remove_all(folder_); }

  void load(std::vector<std::uint8_t> validation) {
    services_.load_tokens = [validation](const TrialSpec&) {
      return std::make_shared<const SplitTokens>(SplitTokens{rows_of({0, 1, 1, 1}, "train"),
                                                             rows_of(validation, "validation"),
                                                             rows_of({1, 0}, "test"),
                                                             {"good", "bad"}});
    };
  }

  RunEnd run() {
    ProgressListener quiet;
    const RunStart start{{"e", "q", "c"}, tiny_record("k"), 1, "", "{}"};
    return run_trial(trial_, start, /*repeat=*/true, services_, sink_, quiet).value();
  }

  /// The value in an epoch from 1, NaN where there is none.
  double metric(std::size_t epoch, const std::string& name, const std::string& split) {
    for (const MetricRecord& metric : sink_.runs.at(0).epochs.at(epoch - 1).metrics) {
      if (metric.name == name && metric.split == split) return metric.value;
    }
    return std::nan("");
  }

  std::string folder_;
  TrialSpec trial_;
  EngineScript script_;
  RunServices services_;
  RecordingSink sink_;
};

double of_run(const RunEnd& end, const std::string& name) {
  const auto found = std::ranges::find(end.metrics, name, &MetricRecord::name);
  return found == end.metrics.end() ? std::nan("") : found->value;
}

TEST_F(BaselineRun, RecordsEveryRoundAndTheModelThatIsKept) {
  const RunEnd end = run();
  EXPECT_EQ(end.status, RunStatus::kFinished);
  ASSERT_EQ(sink_.runs.at(0).epochs.size(), 3U);
  EXPECT_DOUBLE_EQ(metric(2, "loss", "train"), 0.5);
  EXPECT_DOUBLE_EQ(metric(2, "loss", "validation"), 1);
  EXPECT_NEAR(metric(3, "loss", "train"), -(3 * std::log(0.75) + std::log(0.25)) / 4, 1e-6);
  EXPECT_DOUBLE_EQ(metric(3, "accuracy", "train"), 0.75);
  EXPECT_DOUBLE_EQ(metric(3, "accuracy", "validation"), 0.5);
  EXPECT_DOUBLE_EQ(metric(3, "accuracy", "test"), 0.5);
  EXPECT_TRUE(std::isnan(metric(2, "accuracy", "test")));
  EXPECT_EQ(of_run(end, "best_epoch"), 2);
  EXPECT_EQ(of_run(end, "stopped_epoch"), 3);
  EXPECT_EQ(of_run(end, "parameters"), 17);
  EXPECT_GT(of_run(end, "model_size"), 0);
  EXPECT_EQ(sink_.runs.at(0).start.engine, R"({"engine": "fake"})");
}

TEST_F(BaselineRun, StoresTestPredictionsAndTimesWhatANetDoes) {
  const RunEnd end = run();
  ASSERT_EQ(end.predictions.size(), 1U);
  EXPECT_EQ(end.predictions[0].reviews_digest, "test");
  EXPECT_EQ(end.predictions[0].positive, (std::vector<float>{0.75F, 0.75F}));
  const std::vector<TimingRecord>& timings = sink_.runs.at(0).epochs.at(2).timings;
  ASSERT_EQ(timings.size(), 2U);
  EXPECT_EQ(timings[0].phase, "epoch");
  EXPECT_EQ(timings[1].phase, "evaluate");
  EXPECT_EQ(timings[1].samples_ns.size(), 2U);  // validation and test
  EXPECT_GE(end.seconds, end.train_seconds);
}

TEST_F(BaselineRun, DoesWithoutValidation) {
  load({});
  run();
  EXPECT_TRUE(std::isnan(metric(1, "loss", "validation")));
  EXPECT_TRUE(std::isnan(metric(3, "accuracy", "validation")));
  EXPECT_DOUBLE_EQ(metric(3, "accuracy", "test"), 0.5);
}

TEST_F(BaselineRun, ThatIsStoppedIsInterrupted) {
  script_.stop.request_stop();
  EXPECT_THROW(run(), Interrupted);
  EXPECT_EQ(sink_.runs.at(0).end.status, RunStatus::kInterrupted);
}

TEST_F(BaselineRun, WhoseEngineFailsIsAFailedRun) {
  services_.make_baseline = [](const std::string&, const BaselineSetup&) -> std::unique_ptr<Baseline> {
    throw EngineError("no");
  };
  EXPECT_EQ(run().reason, "no");
  EXPECT_EQ(sink_.runs.at(0).end.status, RunStatus::kFailed);
}

TEST_F(BaselineRun, ItsModelJudgesTexts) {
  const RunEnd end = run();
  trial_.recipe.steps = {{"split", "whitespace", ""}};
  trial_.recipe.vocabulary = 3;  // of which the commonest word has the last id
  const auto make = services_.make_baseline;
  const std::filesystem::path root = folder_;
  const BaselinePredictor predictor(trial_, root / end.artifacts.at(0).path, root / end.artifacts.at(2).path,
                                    make);
  const Prediction prediction = predictor.predict("good bad new");
  EXPECT_FLOAT_EQ(static_cast<float>(prediction.positive), 0.75F);
  EXPECT_EQ(prediction.words, 3);
  EXPECT_EQ(prediction.known_words, 1);
  write_parameters(root / "other.safetensors", {{"other", {{1}, {1}}}});
  EXPECT_THAT(message_of<EnvironmentError>([&] {
                BaselinePredictor(trial_, root / "other.safetensors", root / end.artifacts.at(2).path, make);
              }),
              HasSubstr("other.safetensors is no model of xgboost: there is no positive in it"));
}

}  // namespace
}  // namespace rnnbench
