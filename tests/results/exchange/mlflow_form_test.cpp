#include "results/exchange/mlflow_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "harness/core/error.hpp"
#include "tests/results/exchange/exchanged_runs.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

class MlflowFormTest : public testing::Test {
 protected:
  MlflowFormTest() { make_exchanged_runs(path_); }

  RunRecord record(RunId run) {
    SQLite::Database database(path_.string());
    return read_run(database, run);
  }

  /// What a server gives back: infinities as its SQL store clamps them, in any order.
  static RunRecord returned(MlflowRun run) {
    std::ranges::reverse(run.metrics);
    for (MlflowMetric& metric : run.metrics) {
      if (std::isinf(metric.value))
        metric.value = std::copysign(std::numeric_limits<double>::max(), metric.value);
    }
    ReturnedRun back(run);
    for (std::size_t i = 0; i < back.expected().size(); ++i) {
      std::vector<MlflowMetric> values;
      for (const MlflowMetric& metric : run.metrics) {
        if (metric.key == back.expected()[i].key) values.push_back(metric);
      }
      back.fill(i, values);
    }
    return back.take();
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "results.db";
};

TEST_F(MlflowFormTest, ComesBackAsItWas) {
  for (const RunId run : {1, 2, 3, 4}) {
    EXPECT_EQ(content_of(returned(mlflow_form(record(run)).run)), content_of(record(run)));
  }
}

// Catches: a text that is no UTF-8 and so no JSON.
TEST_F(MlflowFormTest, BringsEveryTextBackThatIsNoUtf8) {
  const RunId run = add_run_of_bytes(path_);
  const MlflowForm form = mlflow_form(record(run));
  EXPECT_THAT(form.experiment, StartsWith("bytes \\xff-"));
  EXPECT_THAT(form.changes, Contains(StartsWith("experiment bytes \\xff -> bytes \\xff-")));
  EXPECT_THAT(form.changes, Contains(StartsWith("s\\xff/m\\xff -> s_/m_-")));
  EXPECT_THAT(form.changes,
              Contains(StartsWith("timing/p\\xff/host median ms -> timing/p_/host median ms-")));
  const RunRecord back = returned(form.run);
  EXPECT_EQ(content_of(back), content_of(record(run)));
  EXPECT_EQ(back.text_of("experiment", "name"), "bytes \xff");
  EXPECT_EQ(back.run_text("reason"), "r\xff");
}

TEST_F(MlflowFormTest, RefusesARecordThatIsNone) {
  RunRecord run = record(1);
  run.rows.at("timings").at(0).erase("phase");
  EXPECT_THAT(message_of<EnvironmentError>([&] { mlflow_form(run); }), HasSubstr("no form for"));
}

TEST_F(MlflowFormTest, SaysInMlflowsWordsWhatTheRunIs) {
  const MlflowForm form = mlflow_form(record(1));
  EXPECT_EQ(form.experiment, "first");
  EXPECT_THAT(form.run.name, StartsWith("eigen rnn "));
  EXPECT_EQ(form.run.params.at("model.layers.0.units"), "64");
  EXPECT_EQ(form.run.params.at("seed"), "1");
  EXPECT_EQ(form.run.tag("rnnbench.trial"), exchanged_trial().key);
  EXPECT_EQ(form.run.tag("rnnbench.settings.1"), exchanged_trial().settings);
  EXPECT_EQ(form.run.tag("rnnbench.tags"), "best");
  const std::int64_t time = form.run.end.value();
  EXPECT_THAT(form.run.metrics, Contains(MlflowMetric{"train/loss", 0.1, time, 1}));
  EXPECT_THAT(form.run.metrics, Contains(MlflowMetric{"train/loss per step", 2 + 5 / 7.0, time, 7}));
  EXPECT_THAT(form.run.metrics, Contains(MlflowMetric{"timing/step/host median ms", 2e-5, time, 2}));
  EXPECT_THAT(form.run.metrics, Contains(MlflowMetric{"timing/step/host warm-up total s", 3, time, 2}));
  EXPECT_THAT(form.run.metrics, Contains(MlflowMetric{"train_seconds", 1.5, time, 0}));
  EXPECT_THAT(form.changes, Contains(HasSubstr("gradient norm (L2) -> gradient norm _L2_-")));

  std::vector<std::string> statuses;
  for (const RunId run : {1, 2, 3, 4}) statuses.push_back(mlflow_form(record(run)).run.status);
  EXPECT_THAT(statuses, testing::ElementsAre("FINISHED", "FAILED", "KILLED", "KILLED"));
  EXPECT_EQ(mlflow_form(record(4)).run.tag("rnnbench.status"), "skipped");
}

// Catches: a change that the next export doesn't see, and one that is none.
TEST_F(MlflowFormTest, HasAnotherDigestWhereTheRunHasChanged) {
  const std::string before = mlflow_form(record(1)).digest;
  EXPECT_EQ(mlflow_form(record(1)).digest, before);
  Store(path_).add_trials(
      {"first", "Which is best?", "name = \"first\"\n", {"draft"}, "of the first day"},
      {exchanged_trial(), exchanged_trial(R"({"note":"größer \"als\" 1\n","x":1e-300})")});
  EXPECT_EQ(mlflow_form(record(1)).digest, before) << "it was only planned again";
  Store(path_).tag_run(1, "shown");
  EXPECT_NE(mlflow_form(record(1)).digest, before);
}

TEST_F(MlflowFormTest, CutsAndListsWhatIsTooLong) {
  RunRecord run = record(1);
  run.rows["trial"]["settings"] = Json{{"text", std::string(20'000, 'y')}}.dump();
  run.rows["experiment"]["name"] = std::string(600, 'n');
  const MlflowForm form = mlflow_form(run);
  EXPECT_EQ(form.run.params.at("text").size(), 6000U);
  EXPECT_THAT(form.changes, Contains("param text: 6000 of 20000 bytes"));
  EXPECT_EQ(form.experiment.size(), 500U);
  for (const auto& [key, value] : form.run.tags) EXPECT_LE(value.size(), 5000U) << key;
  EXPECT_EQ(form.run.tag("rnnbench.settings.1").size() + form.run.tag("rnnbench.settings.2").size() +
                form.run.tag("rnnbench.settings.3").size() + form.run.tag("rnnbench.settings.4").size() +
                form.run.tag("rnnbench.settings.5").size(),
            20'011U);
  EXPECT_EQ(content_of(returned(form.run)), content_of(run));
}

TEST_F(MlflowFormTest, TakesTheNewestOfSeveralValuesAtAStep) {
  MlflowRun run = mlflow_form(record(3)).run;
  MlflowMetric older = run.metrics.front();
  older.value = 77;
  --older.timestamp;
  run.metrics.push_back(older);
  run.metrics.push_back({"train/loss", 5, older.timestamp, 99});  // another program's, under our key
  EXPECT_EQ(content_of(returned(run)), content_of(record(3)));
}

TEST_F(MlflowFormTest, RefusesWhatWasDamagedThere) {
  const MlflowRun whole = mlflow_form(record(1)).run;
  MlflowRun run = whole;
  run.tags.erase("rnnbench.record.1");
  EXPECT_THAT(message_of<EnvironmentError>([&] { returned(run); }), HasSubstr("cut or changed"));
  run = whole;
  run.tags["rnnbench.record.1"].back() = '!';
  EXPECT_THAT(message_of<EnvironmentError>([&] { returned(run); }), HasSubstr("cut or changed"));
  run = whole;
  std::erase_if(run.metrics,
                [](const MlflowMetric& metric) { return metric.key == "train/loss" && metric.step == 2; });
  EXPECT_THAT(message_of<EnvironmentError>([&] { returned(run); }), HasSubstr("missing"));
}

}  // namespace
}  // namespace rnnbench
