#include "results/report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "results/query/engine_pairs.hpp"
#include "tests/plots/recording_renderer.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class ReportTest : public testing::Test {
 protected:
  ReportTest() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        fs::path(testing::TempDir()) / (std::string("report_") + info->name() + std::to_string(::getpid()));
  }
  ~ReportTest() override { fs::remove_all(folder_); }

  std::string report(const FigureData& data) {
    RecordingRenderer renderer;
    return read_file(write_report(data, folder_, renderer));
  }

  fs::path folder_;
};

FigureData fixed_data() {
  TrialData rnn = small_trial("eigen", "rnn");
  rnn.runs = {small_run(1, 0.80, 2), small_run(2, 0.82, 4), small_run(3, 0.84, 6)};
  for (RunData& run : rnn.runs) {
    run.curves = {small_curve("loss", "train", {0.6, 0.4})};
    run.predictions = small_predictions({0.9F, 0.2F, 0.6F, 0.4F}, {1, 0, 0, 1});
    run.timings = {{"step", "host", 1, true, {90'000'000}},
                   {"step", "host", 1, false, {1'000'000, 2'000'000, 4'500'000}},
                   {"epoch", "host", 1, false, {1'500'000'000}}};
  }
  TrialData lstm = small_trial("libtorch", "lstm");
  lstm.runs = {small_run(1, 0.90, 3), small_run(2, 0, 0)};
  lstm.runs[1].status = "failed";
  lstm.runs[1].reason = "loss is not finite | in epoch 2";
  TrialData cuda = small_trial("libtorch", "lstm");
  cuda.device = "cuda";
  cuda.runs = {small_run(1, 0, 0)};
  cuda.runs[0].status = "skipped";
  cuda.runs[0].reason = "no NVIDIA driver";
  FigureData data = small_data({rnn, lstm, cuda});
  data.environments = {{0, R"({"build":{"dirty":true,"revision":"abc"},"processor":{"cores":2}})"}};
  return data;
}

// The golden page was read through by hand; its intervals are those of t(0.975, 2) = 4.302653.
TEST_F(ReportTest, IsTheGoldenPage) {
  const fs::path golden = fs::path(RNNBENCH_SOURCE_DIR) / "tests/results/report/golden_report.md";
  EXPECT_EQ(report(fixed_data()), read_file(golden));
  EXPECT_EQ(read_file(folder_ / "experiment.toml"), "schema = 1\n");
}

TEST_F(ReportTest, LinksOnlyFiguresThatWereDrawn) {
  const std::string page = report(small_data({small_trial("eigen", "rnn")}));
  EXPECT_THAT(page, Not(HasSubstr("![")));
  EXPECT_THAT(page, HasSubstr("No run has finished yet."));
  EXPECT_THAT(page, HasSubstr("rnnbench run"));
}

TEST_F(ReportTest, OneEngineNeedsNoParity) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.8, 1)};
  EXPECT_THAT(report(small_data({trial})), Not(HasSubstr("Parity")));
}

/// What judge_engines() gives of a database.
std::vector<SubjectVerdict> verdicts_on(const std::vector<TrialData>& trials) {
  std::vector<SubjectVerdict> verdicts;
  for (const auto& [first, second] : engine_pairs(trials)) {
    ComparedRuns runs;
    runs.first = trials[first].engine, runs.second = trials[second].engine;
    for (const RunData& run : trials[first].runs)
      runs.first_accuracies.push_back({run.seed, run.test_accuracy});
    for (const RunData& run : trials[second].runs)
      runs.second_accuracies.push_back({run.seed, run.test_accuracy});
    verdicts.push_back({runs.second, runs.first, judge(runs)});
  }
  return verdicts;
}

/// An RNN of three seeds on libtorch and on eigen, whose accuracies are `apart` points higher.
FigureData two_engines(double apart, int seeds = 3) {
  FigureData data = small_data({small_trial("libtorch", "rnn"), small_trial("eigen", "rnn")});
  for (TrialData& trial : data.trials) {
    trial.settings = R"({"engine":")" + trial.engine + R"(","model":{"cell":"rnn"}})";
    const double higher = trial.engine == "eigen" ? apart / 100 : 0;
    for (int seed = 1; seed <= seeds; ++seed) {
      trial.runs.push_back(
          small_run(static_cast<std::uint64_t>(seed), 0.8 + seed * (0.01 + higher / 10) + higher, 2));
    }
  }
  data.verdicts = verdicts_on(data.trials);
  return data;
}

ParityData parity_of_rnn(bool shown) {
  return {R"({"cell":"rnn"})", "libtorch", "cpu", "eigen", "cpu", shown, 2.3e-6, "2026-01-31T12:00:00.000Z"};
}

TEST_F(ReportTest, ParityIsShownWithItsEvidence) {
  FigureData data = two_engines(0.1);
  data.parity = {parity_of_rnn(true)};
  const std::string page = report(data);
  EXPECT_THAT(page, HasSubstr("**Parity shown (worst gradient error 2.3e-06, 2026-01-31).**"));
  EXPECT_THAT(page, HasSubstr("| eigen less libtorch | shown (worst gradient error 2.3e-06, 2026-01-31) |"));
  EXPECT_THAT(page, Not(HasSubstr("Parity not shown")));
}

TEST_F(ReportTest, SeedsOfAQuickTrainingAreMentioned) {
  FigureData data = two_engines(0.1);
  data.parity = {parity_of_rnn(true)};
  data.parity[0].seeds = SeedsData{"not shown", 5, 0.5, 0.0712, -0.2, 0.6, false, "2026-02-01T12:00:00.000Z"};
  EXPECT_THAT(report(data), HasSubstr("2026-01-31); quick training of 5 seeds: not shown (margin 0.5, p = "
                                      "0.071, 2026-02-01) |"));
  data.parity[0].seeds->p = 0.0004;
  EXPECT_THAT(report(data), HasSubstr("(margin 0.5, p < 0.001, 2026-02-01) |"));
  data.parity[0].seeds->high = data.parity[0].seeds->low;
  EXPECT_THAT(report(data), HasSubstr("(margin 0.5, every seed alike, 2026-02-01) |"));
  data.parity[0].seeds->near_chance = true;
  EXPECT_THAT(report(data), HasSubstr("2026-02-01, both near chance, which shows little) |"));
}

TEST_F(ReportTest, AFailedCheckOrOneOfAnotherDeviceShowsNoParity) {
  FigureData data = two_engines(0.1);
  data.parity = {parity_of_rnn(false)};
  EXPECT_THAT(report(data), HasSubstr("Parity not shown"));
  EXPECT_THAT(report(data), HasSubstr("not shown: check of 2026-01-31 failed"));
  data.parity = {parity_of_rnn(true)};
  data.parity[0].reference_device = "cuda";
  EXPECT_THAT(report(data), HasSubstr("Parity not shown"));
  EXPECT_THAT(report(data), HasSubstr("not shown: no record"));
}

TEST_F(ReportTest, ParityOfSomeModelsIsCounted) {
  FigureData data = two_engines(0.1);
  for (TrialData trial : two_engines(0.1).trials) {
    trial.cell = "lstm";
    trial.settings.replace(trial.settings.find("rnn"), 3, "lstm");
    data.trials.push_back(trial);
  }
  data.parity = {parity_of_rnn(true)};
  EXPECT_THAT(report(data), HasSubstr("Parity shown for 1 of 2 model specs"));
}

// Differences 0.11, 0.12, 0.13: 0.12 ± 2.919986 · 0.01 / √3.
TEST_F(ReportTest, EquivalenceOfEnginesIsTestedBySeed) {
  EXPECT_THAT(report(two_engines(0.1)), HasSubstr("| 3 | +0.12 | +0.10 to +0.14 | equivalent (p < 0.001) |"));
  EXPECT_THAT(report(two_engines(1)), HasSubstr("| 3 | +1.20 | +1.03 to +1.37 | different (p = "));
  EXPECT_THAT(report(two_engines(0.8)), HasSubstr("| 3 | +0.96 | +0.83 to +1.09 | not shown (p = "));
  EXPECT_THAT(report(two_engines(0)),
              HasSubstr("| 3 | +0.00 | +0.00 to +0.00 | equivalent (every seed alike) |"));
  EXPECT_THAT(report(two_engines(0.1, 1)), HasSubstr("| – | – | – | not judged |"));
}

// Catches: a table that judges by itself, other than the words below it.
TEST_F(ReportTest, TheTableAndTheWordsAreOfOneJudgement) {
  EXPECT_THAT(report(two_engines(0)),
              HasSubstr("accuracies are +0.00 points apart with every seed, n = 3 pairs"));
  FigureData data = two_engines(0.1);
  data.verdicts[0].verdict.equivalence->difference = 0.55;
  EXPECT_THAT(report(data), HasSubstr("| 3 | +0.55 | +0.10 to +0.14 | equivalent (p < 0.001) |"));
  data.verdicts[0].verdict.is_paired = false;
  EXPECT_THAT(report(data), HasSubstr("| not judged |")) << "it has a column of seeds";
  ComparedRuns other_reviews;
  other_reviews.accuracies_flaw = "runs 1 and 2 were tested on different reviews";
  data.verdicts[0].verdict = judge(other_reviews);
  EXPECT_THAT(report(data), HasSubstr("| not judged |"));
  EXPECT_THAT(report(data),
              HasSubstr("accuracies are not compared, runs 1 and 2 were tested on different reviews"));
}

TEST_F(ReportTest, SaysHowTheMachineDrifted) {
  FigureData data = fixed_data();
  for (RunData& run : data.trials[0].runs) run.timings.push_back({"control", "host", 1, false, {1'000'000}});
  EXPECT_THAT(report(data),
              HasSubstr("\n\nDrift of the machine: a control, the same work each time, took 1 to 1 ms "
                        "in the 3 runs"));
}

TEST_F(ReportTest, TimesOfTwoMachinesCarryAWarning) {
  FigureData data = fixed_data();
  data.environments.push_back({7, R"({"processor":{"cores":64}})"});
  EXPECT_THAT(report(data), HasSubstr("2 environments"));
}

TEST_F(ReportTest, EnginesSayOnceWhatTheyAreAndOfWhichCells) {
  FigureData data = fixed_data();
  for (RunData& run : data.trials[0].runs) run.engine = R"({"eigen":"3.4.0","governor":""})";
  data.trials[2].runs[0].engine = "{}";
  TrialData other = data.trials[0];
  other.cell = "gru";
  data.trials.push_back(other);
  const std::string page = report(data);
  EXPECT_THAT(page, HasSubstr("\nEngine eigen on cpu, gru, rnn:\n\n"
                              "| fact | value |\n|---|---|\n| eigen | 3.4.0 |\n| governor | not known |\n"));
  EXPECT_EQ(page.find("Engine eigen"), page.rfind("Engine eigen"));
  EXPECT_THAT(page, Not(HasSubstr("Engine libtorch")));
}

// Catches: columns of accuracies that nothing has, figures without a point, a file that can't be run.
TEST_F(ReportTest, ImportedBenchmarksHaveTimesAndCounters) {
  TrialData trial = small_trial("google-benchmark", "write/8");
  trial.runs = {small_run(0, std::nan(""), 0)};
  trial.runs[0].curves = {small_curve("cpu_time", "", {0.25}), small_curve("real_time", "", {12.5e-6}),
                          small_curve("rows", "", {8})};
  trial.runs[0].timings = {{"benchmark", "host", 1, false, {12'000, 13'000}}};
  TrialData command = small_trial("hyperfine", "sleep 1");
  command.runs = {small_run(0, std::nan(""), 0)};
  command.runs[0].curves = {small_curve("real_time", "", {1.5})};
  const std::string page = report(small_data({trial, command}));
  EXPECT_THAT(page, HasSubstr("| sleep 1 | 0 | 1.5 s | – | – |\n"));
  EXPECT_THAT(page, HasSubstr("| write/8 | 2 | 12.5 µs | 250 ms | rows 8 |\n"));
  EXPECT_THAT(page, HasSubstr("./rnnbench import FILE.json"));
  for (const char* none : {"accuracy", "igure", "training", "rnnbench run"}) {
    EXPECT_THAT(page, Not(HasSubstr(none)));
  }
}

TEST_F(ReportTest, NamesCanNotBecomeMarkup) {
  FigureData data = fixed_data();
  data.experiments[0].name = "<img src=x onerror=alert(1)> | `system(\"x\")`";
  data.trials[0].engine = "a|b <b>";
  const std::string page = report(data);
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, HasSubstr("a\\|b &lt;b&gt;"));
}

TEST_F(ReportTest, FolderThatIsAFileIsSaid) {
  write_file_atomically(folder_, "x");
  RecordingRenderer renderer;
  EXPECT_THROW(write_report(fixed_data(), folder_, renderer), EnvironmentError);
}

TEST_F(ReportTest, NoExperimentSaysWhatToRun) {
  RecordingRenderer renderer;
  EXPECT_THROW(write_report(FigureData{}, folder_, renderer), StoreError);
}

}  // namespace
}  // namespace rnnbench
