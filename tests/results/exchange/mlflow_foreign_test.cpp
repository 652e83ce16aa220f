#include "results/exchange/mlflow_foreign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;

const MlflowExperiment kExperiment{"7", "tuning", false, 1'769'860'800'000};

MlflowRun a_run(const std::string& id = "abc") {
  return {.id = id,
          .name = "calm-fox-1",
          .status = "FINISHED",
          .start = 1'769'860'800'000,
          .end = 1'769'860'801'500,
          .tags = {{"mlflow.user", "ann"},
                   {"mlflow.source.name", "train.py"},
                   {"team", "red"},
                   {"mlflow.note.content", "shown"}},
          .params = {{"lr", "1e-3"},
                     {"layers", "2"},
                     {"shuffle", "True"},
                     {"optimizer", "adam"},
                     {"code", "0012"},
                     {"seed", "5"}}};
}

TEST(MlflowForeign, MakesATrialOfTheParams) {
  const RunRecord run = foreign_run(kExperiment, a_run());
  EXPECT_EQ(
      run.text_of("trial", "settings"),
      R"({"experiment":"tuning","params":{"code":"0012","layers":2,"lr":0.001,"optimizer":"adam","shuffle":true}})");
  EXPECT_EQ(run.text_of("trial", "key"), sha256_hex(run.text_of("trial", "settings")));
  EXPECT_EQ(run.rows["run"]["seed"], 5);
  EXPECT_EQ(run.run_text("uid"), "mlflow:abc");
  EXPECT_EQ(run.run_text("note"), "shown");
  EXPECT_EQ(run.run_text("started"), "2026-01-31T12:00:00.000Z");
  EXPECT_EQ(run.rows["run"]["seconds"], 1.5);
  EXPECT_EQ(run.text_of("environment", "content"),
            R"({"mlflow.source.name":"train.py","mlflow.user":"ann"})");
}

// Catches: runs of different params that become one trial.
TEST(MlflowForeign, KeepsEveryDigitOfAParam) {
  const auto kept = [](const std::string& value) {
    MlflowRun run = a_run();
    run.params = {{"p", value}};
    return Json::parse(foreign_run(kExperiment, run).text_of("trial", "settings"))["params"]["p"];
  };
  EXPECT_EQ(kept("99999999999999999999999"), "99999999999999999999999");
  EXPECT_EQ(kept("1.00000000000000000001"), "1.00000000000000000001");
  EXPECT_EQ(kept("1e-400"), "1e-400");
  EXPECT_EQ(kept("1e999"), "1e999");
  EXPECT_EQ(kept(" 5"), " 5");
  EXPECT_EQ(kept("18446744073709551615"), 18446744073709551615U);
  EXPECT_EQ(kept("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(kept("0.30000000000000004"), 0.1 + 0.2);
  EXPECT_EQ(kept("1E+22"), 1e22);
  EXPECT_EQ(kept("5e-324"), 5e-324);
  EXPECT_EQ(kept("0.1000"), 0.1);
}

TEST(MlflowForeign, WithoutASeedIsAReplicateOfItsOwn) {
  MlflowRun first = a_run("abc"), second = a_run("def");
  first.params.erase("seed");
  second.params["seed"] = "none";
  EXPECT_EQ(foreign_run(kExperiment, first).rows["run"]["seed"],
            foreign_run(kExperiment, first).rows["run"]["seed"]);
  second.params.erase("seed");
  EXPECT_NE(foreign_run(kExperiment, first).rows["run"]["seed"],
            foreign_run(kExperiment, second).rows["run"]["seed"]);
  EXPECT_EQ(foreign_run(kExperiment, first).text_of("trial", "key"),
            foreign_run(kExperiment, second).text_of("trial", "key"));
}

TEST(MlflowForeign, SaysHowItEnded) {
  MlflowRun run = a_run();
  for (const auto& [theirs, ours] :
       {std::pair{"FINISHED", "finished"}, {"FAILED", "failed"}, {"KILLED", "interrupted"}}) {
    run.status = theirs;
    EXPECT_EQ(foreign_run(kExperiment, run).run_text("status"), ours);
  }
  run.start = -5;
  run.end = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(foreign_run(kExperiment, run).run_text("started"), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(foreign_run(kExperiment, run).run_text("finished"), "2199-12-31T23:59:59.999Z");
}

MetricSeries only_series(const std::string& key, const std::vector<MlflowMetric>& values) {
  RunRecord record;
  EXPECT_EQ(add_foreign_metric(record, key, values), 0);
  EXPECT_EQ(record.metrics.size(), 1U);
  return record.metrics.front();
}

TEST(MlflowForeign, KnowsTheSplitInAKey) {
  for (const auto& [key, name, split] : {std::tuple{"val_loss", "loss", "validation"},
                                         {"test/accuracy", "accuracy", "test"},
                                         {"train_f1_score", "f1_score", "train"},
                                         {"loss", "loss", ""},
                                         {"test_", "test_", ""},
                                         {"testing", "testing", ""},
                                         {"system/gpu", "system/gpu", ""}}) {
    const MetricSeries series = only_series(key, {{key, 1, 1, 1}});
    EXPECT_EQ(series.name, name);
    EXPECT_EQ(series.split, split);
  }
}

// Catches: two keys that would be one metric, of which the second is lost.
TEST(MlflowForeign, KeepsKeysApartThatMeanTheSame) {
  RunRecord record;
  add_foreign_metric(record, "val/loss", {{"val/loss", 1, 1, 1}});
  add_foreign_metric(record, "val_loss", {{"val_loss", 2, 1, 1}});
  ASSERT_EQ(record.metrics.size(), 2U);
  EXPECT_EQ(record.metrics[1].name, "val_loss");
  EXPECT_EQ(record.metrics[1].split, "");
}

TEST(MlflowForeign, KeepsEveryValueAtAStep) {
  RunRecord record;
  add_foreign_metric(record, "loss",
                     {{"loss", 3, 30, 0}, {"loss", 1, 10, 0}, {"loss", 2, 20, 0}, {"loss", 4, 5, 1}});
  ASSERT_EQ(record.metrics.size(), 2U);
  EXPECT_THAT(record.metrics[0].points, ElementsAre(MetricPoint{0, -1, 3}, MetricPoint{1, -1, 4}));
  EXPECT_THAT(record.metrics[1].points, ElementsAre(MetricPoint{0, 0, 1}, MetricPoint{0, 1, 2}));
}

TEST(MlflowForeign, SaysWhichStepsItCannotHold) {
  RunRecord record;
  EXPECT_EQ(add_foreign_metric(record, "loss", {{"loss", 1, 1, 1LL << 40}, {"loss", 1, 1, 5}}), 1);
  EXPECT_THAT(record.metrics.at(0).points, ElementsAre(MetricPoint{5, -1, 1}));
}

}  // namespace
}  // namespace rnnbench
