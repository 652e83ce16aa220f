#include "results/query/repetition.hpp"

#include <algorithm>

#include "harness/core/imported_engines.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

// Runs 1 to 3 of the fixture are eigen's of seeds 1 to 3.
class RepetitionTest : public QueryTest {
 protected:
  /// Records run 1 again with `change` made to what it gives.
  template <typename Change>
  RunId again(Change change, const std::string& environment = R"({"processor":"a"})") {
    Store store(path_);
    RunStart start = a_start(1);
    start.environment = environment;
    std::vector<EpochRecord> epochs = {an_epoch(1), an_epoch(2)};
    RunEnd end = an_end(0.8);
    end.artifacts = {{"parameters_best", "runs/again.bin", "ab12", 42},
                     {"vocabulary", "runs/words.txt", "cd34", 7}};
    end.predictions = {{"test", "reviews", {1, 0}, {0.75F, 0.25F}}};
    change(epochs, end);
    const RunId run = store.begin_run(start);
    for (const EpochRecord& epoch : epochs) store.epoch_finished(run, epoch);
    store.end_run(run, end);
    store.tag_run(run, "rerun");
    return run;
  }
  template <typename Change>
  std::string first_difference(Change change) {
    const auto first = compare_results(*database_, 1, again(change)).first;
    return first ? first->what + ": " + first->before + " | " + first->after : "none";
  }
};

TEST_F(RepetitionTest, EqualBitsAreEqual) {
  const Repetition same = compare_results(*database_, 1, again([](auto&, auto&) {}));
  EXPECT_FALSE(same.first);
  EXPECT_EQ(same.metrics, 5);
  EXPECT_EQ(same.predictions, 2);
}

TEST_F(RepetitionTest, TimesMayDiffer) {
  EXPECT_EQ(first_difference([](auto& epochs, RunEnd& end) {
              end.seconds = 99;
              end.train_seconds = 98;
              epochs[0].timings[0].samples_ns = {1};
            }),
            "none");
}

TEST_F(RepetitionTest, OneBitOfAMetricIsFound) {
  EXPECT_EQ(first_difference([](auto& epochs, RunEnd& end) {
              epochs[1].metrics[0].value = std::nextafter(0.5, 1);
              end.predictions[0].positive[0] = 0;
            }),
            "epoch 2, train loss: 0.5 | 0.50000000000000011");
}

TEST_F(RepetitionTest, NaNEqualsNaNAndNothingElse) {
  EXPECT_EQ(first_difference([](auto& epochs, RunEnd&) { epochs[0].metrics[0].value = std::nan(""); }),
            "epoch 1, train loss: 1.0 | NaN");
}

TEST_F(RepetitionTest, AMissingAndAnAddedMetricAreFound) {
  EXPECT_EQ(first_difference([](auto& epochs, RunEnd&) { epochs[1].metrics.pop_back(); }),
            "epoch 2, validation accuracy: 0.52000000000000002 | -");
  EXPECT_EQ(first_difference([](auto& epochs, RunEnd&) {
              epochs[0].metrics.push_back({"x", "", 1, 2, ""});
            }),
            "epoch 1, x: - | 2.0");
}

TEST_F(RepetitionTest, AMetricThatAnotherBuildAddedIsNoDifference) {
  const auto first_with = [&](auto change, const std::string& environment) {
    const auto first = compare_results(*database_, 1, again(change, environment)).first;
    return first ? first->what : "none";
  };
  const auto added = [](auto& epochs, RunEnd&) { epochs[0].metrics.push_back({"x", "", 1, 2, ""}); };
  const std::string other_build = R"({"build": {"revision": "f"}, "processor": "a"})";
  EXPECT_EQ(first_with(added, other_build), "none");
  EXPECT_EQ(first_with(added, R"({"processor": "b"})"), "epoch 1, x");
  EXPECT_EQ(first_with([](auto& epochs, RunEnd&) { epochs[1].metrics.pop_back(); }, other_build),
            "epoch 2, validation accuracy");
  EXPECT_EQ(first_with(
                [](auto& epochs, RunEnd&) {
                  epochs[0].metrics.push_back({"loss", "x", 1, 2, ""});
                },
                other_build),
            "epoch 1, x loss");
}

TEST_F(RepetitionTest, PredictionsAndFilesAreCompared) {
  EXPECT_THAT(first_difference([](auto&, RunEnd& end) { end.predictions[0].positive[1] = 0.2500001F; }),
              HasSubstr("predictions of test"));
  EXPECT_EQ(first_difference([](auto&, RunEnd& end) { end.artifacts[0].sha256 = "ef56"; }),
            "parameters_best: ab12 | ef56");
}

TEST_F(RepetitionTest, SaysWhatChangedAround) {
  const RunId other = again([](auto&, auto&) {}, R"({"build": {"revision": "f"}, "processor": "b"})");
  std::string text;
  for (const Difference& change : changed_surroundings(*database_, 1, other)) {
    text += change.what + ": " + change.before + " | " + change.after + "\n";
  }
  EXPECT_EQ(text, "build.revision: - | f\nprocessor: a | b\n");
}

TEST_F(RepetitionTest, GivesWhatARunWasMadeFrom) {
  const RepeatableRun run = run_to_repeat(*database_, 2);
  EXPECT_EQ(run.seed, 2U);
  EXPECT_EQ(run.key, a_trial().key);
  EXPECT_EQ(run.settings, a_trial().settings);
  EXPECT_EQ(run.experiment.name, "first");
  EXPECT_EQ(run.experiment.config, a_start().experiment.config);
  EXPECT_THAT(message_of<ConfigError>([&] { run_to_repeat(*database_, 7); }), HasSubstr("run 7 is failed"));
  EXPECT_THAT(message_of<ConfigError>([&] { run_to_repeat(*database_, 99); }), HasSubstr("no run 99"));
}

TEST_F(RepetitionTest, DrawsFinishedRunsThatAreNoRepetitions) {
  again([](auto&, auto&) {});
  std::vector<RunId> runs = random_runs(*database_, 100);
  std::sort(runs.begin(), runs.end());
  EXPECT_EQ(runs, (std::vector<RunId>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(random_runs(*database_, 2).size(), 2U);
}

// Catches: words on settings that can't be read, and an advice to `rnnbench run` what that can't.
TEST_F(RepetitionTest, WhatWasNotTrainedIsRefusedWithItsOwnCommand) {
  Store store(path_);
  const RunId imported = store.begin_run(a_start(1, a_trial(kImportedEngine)));
  store.end_run(imported, an_end());
  const RunId command = store.begin_run(a_start(1, a_trial(kHyperfineEngine)));
  store.end_run(command, an_end());
  RunStart by_another = a_start(1, a_trial("mine"));
  by_another.engine = R"({"engine":"mine","logged_by":"/home/me/train"})";
  const RunId logged = store.begin_run(by_another);
  store.end_run(logged, an_end());
  TrialRecord timed = a_trial();
  timed.key = "timed";
  timed.settings = R"({"bench":{"tokens":"toy"},"engine":"eigen"})";
  const RunId failed = store.begin_run(a_start(1, timed));
  RunEnd end;
  end.status = RunStatus::kFailed;
  store.end_run(failed, end);
  EXPECT_THAT(message_of<ConfigError>([&] { run_to_repeat(*database_, imported); }),
              HasSubstr("was imported, `rnnbench` didn't make it; run the benchmark again"));
  EXPECT_THAT(message_of<ConfigError>([&] { run_to_repeat(*database_, command); }),
              HasSubstr("was imported"));
  EXPECT_THAT(message_of<ConfigError>([&] { run_to_repeat(*database_, failed); }),
              HasSubstr("`rnnbench bench` takes them again"));
  EXPECT_THAT(message_of<ConfigError>([&] { run_to_repeat(*database_, logged); }),
              HasSubstr("was logged by \"/home/me/train\", `rnnbench` didn't make it"));
  const std::vector<RunId> runs = random_runs(*database_, 100);
  EXPECT_EQ(std::ranges::count(runs, imported) + std::ranges::count(runs, command), 0);
  EXPECT_EQ(std::ranges::count(runs, logged), 0);
}

}  // namespace
}  // namespace rnnbench
