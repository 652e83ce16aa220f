// The whole way, against MLflow itself.
#include "results/exchange/mlflow_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "results/exchange/export_mlflow.hpp"
#include "results/exchange/import_mlflow.hpp"
#include "tests/results/exchange/exchanged_runs.hpp"
#include "tests/support/mlflow_process.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class MlflowServerTest : public testing::Test {
 protected:
  MlflowServerTest() { make_exchanged_runs(path_); }

  MlflowExportReport send(const std::function<void(std::size_t)>& progress = {}) {
    Database database(path_);
    MlflowServer server(mlflow_address(process_.url()), {}, {std::chrono::milliseconds(100)});
    return export_mlflow(database, all_runs(path_), server, progress);
  }

  MlflowImportReport fetch(const std::filesystem::path& to) {
    MlflowServer server(mlflow_address(process_.url()));
    return import_mlflow(server, {}, to);
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "results.db", copy_ = folder_.path() / "copy.db";
  MlflowProcess process_{folder_.path()};
};

TEST_F(MlflowServerTest, TakesRunsOnceAndGivesThemBack) {
  if (!process_.obstacle().empty()) GTEST_SKIP() << process_.obstacle();
  EXPECT_EQ(send().sent, 4);
  EXPECT_EQ(send().known, 4);
  const MlflowImportReport report = fetch(copy_);
  EXPECT_THAT(report.problems, ElementsAre());
  EXPECT_EQ(report.merged.added, 4);
  EXPECT_EQ(contents_of(copy_), contents_of(path_));
  EXPECT_EQ(fetch(copy_).merged.added, 0);
  EXPECT_EQ(fetch(path_).merged.added, 0);

  // Runs of others, and what a person deletes there.
  MlflowServer server(mlflow_address(process_.url()));
  const MlflowExperiment experiment = server.experiment_named("tuning");
  const MlflowRun other{.id = "", .name = "calm-fox", .status = "FINISHED", .start = 5, .end = 1'000'005};
  const std::string id = server.create_run(experiment.id, other, [] { return std::nullopt; });
  server.log_batch({{"run_id", id},
                    {"params", {{{"key", "lr"}, {"value", "0.1"}}}},
                    {"metrics", Json::array()},
                    {"tags", Json::array()}});
  Json metrics = Json::array();
  for (int step = 0; step < 1000; ++step) metrics.push_back(json_of({"val/loss", 1.0 / (step + 1), 7, step}));
  server.log_batch({{"run_id", id}, {"metrics", metrics}});
  server.end_run(id, other);
  EXPECT_EQ(fetch(copy_).others, 0) << "it has an empty tag of ours";
  MlflowClient client(mlflow_address(process_.url()));
  client.post("runs/delete-tag", {{"run_id", id}, {"key", kUidTag}});
  EXPECT_EQ(fetch(copy_).others, 1);
  SQLite::Database database(copy_.string());
  EXPECT_EQ(database
                .execAndGet("SELECT count(*) FROM metrics WHERE name = 'loss' AND split = 'validation' AND "
                            "run_id = (SELECT id FROM runs WHERE seconds = 1000)")
                .getInt(),
            1000);

  client.post("experiments/delete", {{"experiment_id", server.find_experiment("first")->id}});
  EXPECT_THAT(message_of<EnvironmentError>([&] { send(); }), HasSubstr("'first' is deleted there"));
}

// Catches: runs that two exports at the same time make twice.
TEST_F(MlflowServerTest, TakesEachRunOnceOfTwoExportsAtTheSameTime) {
  if (!process_.obstacle().empty()) GTEST_SKIP() << process_.obstacle();
  add_many_runs(path_);
  MlflowServer(mlflow_address(process_.url())).experiment_named("many");
  const auto [one, other] = called_twice_at_once([&] { return send(); });
  EXPECT_THAT(one.problems, ElementsAre());
  EXPECT_THAT(other.problems, ElementsAre());
  MlflowServer server(mlflow_address(process_.url()));
  std::map<std::string, int> runs_by_uid;
  for (const MlflowExperiment& experiment : server.experiments()) {
    server.each_run(experiment.id, "", /*with_deleted=*/false, [&](const MlflowRun& run) {
      EXPECT_NE(run.tag(kSentTag), "");
      ++runs_by_uid[run.tag(kUidTag)];
    });
  }
  EXPECT_EQ(runs_by_uid.size(), 34U);
  for (const auto& [uid, count] : runs_by_uid) EXPECT_EQ(count, 1) << uid;
  EXPECT_EQ(fetch(copy_).merged.added, 34);
  EXPECT_EQ(contents_of(copy_), contents_of(path_));
}

// Catches: a run that is there twice or in part after the server was killed.
TEST_F(MlflowServerTest, IsSentTheRestAfterItWasKilled) {
  if (!process_.obstacle().empty()) GTEST_SKIP() << process_.obstacle();
  const auto kill_after = [&](std::size_t runs) {
    return [this, runs](std::size_t done) {
      if (done == runs) process_.kill();
    };
  };
  EXPECT_THAT(message_of<EnvironmentError>([&] { send(kill_after(2)); }),
              HasSubstr("call again when it is well"));
  ASSERT_TRUE(process_.start());
  const MlflowExportReport report = send();
  EXPECT_EQ(report.known, 2);
  EXPECT_EQ(report.sent + report.completed, 2);
  EXPECT_EQ(fetch(copy_).merged.added, 4);
  EXPECT_EQ(contents_of(copy_), contents_of(path_));
}

}  // namespace
}  // namespace rnnbench
