#include "results/exchange/import_mlflow.hpp"

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"
#include "tests/results/exchange/mlflow_fixture.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ImportMlflow : public MlflowTest {
 protected:
  /// A run that another program logged.
  FakeMlflow::Run& log(const std::string& id, const std::string& lr) {
    if (fake_.experiments.empty()) {
      fake_.experiments.push_back(
          {{"experiment_id", "1"}, {"name", "tuning"}, {"lifecycle_stage", "active"}});
    }
    FakeMlflow::Run run{.id = id,
                        .experiment = "1",
                        .name = "calm-fox",
                        .status = "FINISHED",
                        .start = 1'769'860'800'000,
                        .end = 1'769'860'801'000,
                        .tags = {{"mlflow.user", "ann"}},
                        .params = {{"lr", lr}, {"seed", "3"}},
                        .metrics = {}};
    for (int step = 0; step < 5; ++step)
      run.metrics.push_back({{"key", "val_loss"},
                             {"value", step == 4 ? Json("NaN") : Json(1.0 / (step + 1))},
                             {"timestamp", 1},
                             {"step", step}});
    fake_.runs.push_back(std::move(run));
    return fake_.runs.back();
  }

  std::string scalar(const std::string& sql) {
    SQLite::Database database(copy_.string());
    return database.execAndGet(sql).getString();
  }
};

// Page by page, the server's fewest.
TEST_F(ImportMlflow, GivesOurRunsBackAsTheyWere) {
  send();
  fake_.page = 1;
  const MlflowImportReport report = fetch(copy_);
  EXPECT_EQ(report.ours, 4);
  EXPECT_EQ(report.merged.added, 4);
  EXPECT_THAT(report.problems, ElementsAre());
  EXPECT_EQ(contents_of(copy_), contents_of(path_));

  const MlflowImportReport again = fetch(copy_);
  EXPECT_EQ(again.merged.added + again.merged.completed, 0);
  EXPECT_EQ(again.known, 3);  // one was interrupted, so there might be more of it
  EXPECT_EQ(again.merged.known, 1);
  EXPECT_EQ(fetch(path_).merged.conflicts.size(), 0U) << "into where they came from";
  EXPECT_EQ(all_runs(path_).size(), 5U);
}

TEST_F(ImportMlflow, GivesARunBackWhoseTextsAreNoUtf8) {
  add_run_of_bytes(path_);
  EXPECT_EQ(send().sent, 5);
  EXPECT_THAT(fetch(copy_).problems, ElementsAre());
  EXPECT_EQ(contents_of(copy_), contents_of(path_));
}

TEST_F(ImportMlflow, MakesTrialsOfOthersRuns) {
  log("a1", "0.1");
  log("a2", "0.01")
      .metrics.push_back(
          {{"key", "epoch time (s)"}, {"value", "Infinity"}, {"timestamp", "7"}, {"step", "2"}});
  log("a3", "0.01").status = "RUNNING";
  fake_.page = 2;
  const MlflowImportReport report = fetch(copy_);
  EXPECT_EQ(report.others, 2);
  EXPECT_EQ(report.running, 1);
  EXPECT_EQ(scalar("SELECT count(*) FROM trials"), "2");
  EXPECT_EQ(scalar("SELECT group_concat(engine || seed || status) FROM run_summary"),
            "mlflow3finished,mlflow3finished");
  EXPECT_EQ(scalar("SELECT group_concat(ifnull(value, 'NaN'), ' ') FROM metrics WHERE run_id = 1 AND name = "
                   "'loss' AND split = 'validation'"),
            "1.0 0.5 0.333333333333333 0.25 NaN");
  EXPECT_EQ(scalar("SELECT epoch || ' ' || value FROM metrics WHERE name = 'epoch time (s)'"), "2 Inf");

  EXPECT_EQ(fetch(copy_).known, 2);
  log("a4", "0.1");
  fake_.runs[2].status = "FAILED";
  EXPECT_EQ(fetch(copy_).merged.added, 2);
  EXPECT_EQ(scalar("SELECT count(*) FROM trials"), "2");
}

TEST_F(ImportMlflow, TakesTheExperimentsThatAreNamed) {
  send();
  fake_.experiments.push_back({{"experiment_id", "9"}, {"name", "other"}, {"lifecycle_stage", "active"}});
  EXPECT_EQ(fetch(copy_, {"other"}).ours, 0);
  EXPECT_FALSE(std::filesystem::exists(copy_));
  EXPECT_THAT(message_of<ConfigError>([&] { fetch(copy_, {"frist"}); }),
              HasSubstr("no experiment 'frist'; did you mean 'first'?"));
  EXPECT_EQ(fetch(copy_, {"first"}).ours, 4);
}

TEST_F(ImportMlflow, LeavesOutWhatIsNotWholeAndSaysSo) {
  send();
  fake_.runs[0].tags.erase("rnnbench.sent");
  fake_.runs[1].tags["rnnbench.record.1"] = "nonsense";
  fake_.runs[2].metrics.clear();
  const MlflowImportReport report = fetch(copy_);
  EXPECT_EQ(report.half_sent, 1);
  EXPECT_THAT(report.problems, ElementsAre("run run2: it was cut or changed since it was written",
                                           HasSubstr("run run3: values of")));
  EXPECT_EQ(report.merged.added, 1);

  send();
  EXPECT_EQ(fetch(copy_).merged.added, 1) << "what was sent in part was completed";
}

// Catches: values that become NaN unsaid.
TEST_F(ImportMlflow, LeavesOutARunWithAValueThatIsNoNumber) {
  log("a1", "0.1").metrics.back()["value"] = "garbage";
  log("a2", "0.1").metrics.front()["value"] = "1e999";  // not the last one, which the search gives
  log("a3", "0.1").metrics.front()["step"] = "first";
  log("a4", "0.1").metrics.back()["value"] = nullptr;
  log("a5", "0.1");
  const MlflowImportReport report = fetch(copy_);
  EXPECT_THAT(
      report.problems,
      ElementsAre(HasSubstr("run a1: the value of its metric val_loss is \"garbage\", which is no number"),
                  HasSubstr("run a2: the value of its metric val_loss is \"1e999\", which is no number"),
                  HasSubstr("run a3: of its metric val_loss the step is \"first\", which is no whole number"),
                  HasSubstr("run a4: the value of its metric val_loss is null, which is no number")));
  EXPECT_EQ(report.others, 1);
  EXPECT_EQ(scalar("SELECT uid FROM runs"), "mlflow:a5");
}

// Catches: one run that keeps out all others.
TEST_F(ImportMlflow, NamesTheRunThatIsNotAsMlflowHasThem) {
  log("a1", "0.1").info = {{"end_time", nullptr}};
  log("a2", "0.1").info = {{"end_time", "soon"}};
  log("a3", "0.1").info = {{"start_time", 1e300}};
  log("a4", "0.1").info = {{"run_name", 7}};
  log("a5", "0.1").info = {{"run_id", nullptr}};
  log("a6", "0.1").info = {{"status", nullptr}};
  const MlflowImportReport report = fetch(copy_);
  EXPECT_THAT(report.problems, ElementsAre(HasSubstr("run a2: its end_time is \"soon\""),
                                           HasSubstr("run a3: its start_time is 1e+300"),
                                           HasSubstr("run a4: it has another form than MLflow's runs"),
                                           HasSubstr("run without an id: ")));
  EXPECT_EQ(report.running, 1);
  EXPECT_EQ(report.merged.added, 1);
  EXPECT_EQ(scalar("SELECT status || ifnull(finished, ' without end') || ifnull(seconds, '') FROM runs"),
            "finished without end");
}

// Catches: runs that got in before the server broke down.
TEST_F(ImportMlflow, AddsNothingWhereTheServerBreaksDown) {
  send();
  fake_.page = 1;
  const auto break_after = [&](int calls) {
    fake_.before = [this, calls, count = 0](const std::string&, httplib::Response& response) mutable {
      if (++count <= calls) return false;
      response.status = 500;
      return true;
    };
  };
  for (const int calls : {1, 3, 8}) {
    break_after(calls);
    EXPECT_THAT(message_of<EnvironmentError>([&] { fetch(copy_); }), HasSubstr("answers 500"));
    EXPECT_FALSE(std::filesystem::exists(copy_));
  }
}

TEST_F(ImportMlflow, RefusesPagesWithoutEnd) {
  send();
  fake_.after = [](const std::string& call, httplib::Response& response) {
    if (call == "runs/search") {
      Json answer = Json::parse(response.body);
      answer["next_page_token"] = "1";
      response.body = answer.dump();
      response.set_header("Content-Length", std::to_string(response.body.size()));
    }
    return true;
  };
  EXPECT_THAT(message_of<EnvironmentError>([&] { fetch(copy_); }), HasSubstr("lead back"));
}

}  // namespace
}  // namespace rnnbench
