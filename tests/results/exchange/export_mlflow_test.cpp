#include "results/exchange/export_mlflow.hpp"

#include "tests/results/exchange/mlflow_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ExportMlflow : public MlflowTest {
 protected:
  /// What the server has of the runs, whatever ids it gave.
  std::multiset<std::string> state() {
    std::multiset<std::string> runs;
    for (const FakeMlflow::Run& run : fake_.runs) {
      std::multiset<std::string> metrics;
      for (const Json& metric : run.metrics) metrics.insert(metric.dump());
      runs.insert(Json{run.name, run.status, run.start, run.end, run.tags, run.params, metrics}.dump());
    }
    return runs;
  }

  std::string failure() {
    return message_of<EnvironmentError>([&] { send(); });
  }

  static bool answers(httplib::Response& response, int status, const std::string& text, const char* type) {
    response.status = status;
    response.set_content(text, type);
    return true;
  }
};

TEST_F(ExportMlflow, SendsEachRunOnceAndWhole) {
  const MlflowExportReport first = send();
  EXPECT_EQ(first.sent, 4);
  EXPECT_EQ(first.running, 1);
  ASSERT_EQ(fake_.runs.size(), 4U);
  EXPECT_EQ(fake_.runs[0].tags.at("rnnbench.sent").size(), 64U);
  EXPECT_EQ(fake_.runs[0].status, "FINISHED");
  EXPECT_THAT(first.changes, testing::Contains(HasSubstr("gradient norm (L2) -> ")));

  const auto before = state();
  const MlflowExportReport again = send();
  EXPECT_EQ(again.sent + again.completed, 0);
  EXPECT_EQ(again.known, 4);
  EXPECT_EQ(state(), before);
}

// Catches: a run that is made twice or left in part, wherever the server breaks off.
TEST_F(ExportMlflow, IsCompletedByTheNextCallWhereverItEnded) {
  send();
  const auto whole = state();
  const std::size_t all_calls = fake_.calls.size();
  for (std::size_t last = 1; last < all_calls; ++last) {
    fake_.runs.clear();
    fake_.experiments.clear();
    fake_.calls.clear();
    fake_.before = [&](const std::string&, httplib::Response& response) {
      return fake_.calls.size() > last && answers(response, 500, "{}", "application/json");
    };
    EXPECT_THAT(failure(), HasSubstr("answers 500")) << last;
    fake_.before = nullptr;
    send();
    EXPECT_EQ(state(), whole) << "after it ended with call " << last;
  }
}

// Catches: a run made again because the answer that it was made got lost.
TEST_F(ExportMlflow, MakesARunOnceWhereTheAnswerGetsLost) {
  fake_.after = [&](const std::string& call, httplib::Response& response) {
    return call == "runs/create" && answers(response, 500, "{}", "application/json");
  };
  EXPECT_EQ(send().sent, 4);
  EXPECT_EQ(fake_.runs.size(), 4U);
}

TEST_F(ExportMlflow, SurvivesAnOverloadedServer) {
  send();
  const auto whole = state();
  fake_.runs.clear();
  fake_.experiments.clear();
  int count = 0;
  fake_.before = [&](const std::string&, httplib::Response& response) {
    if (++count % 4 != 1) return false;
    if (count % 8 == 1) response.set_header("Retry-After", "0");
    return answers(response, count % 8 == 1 ? 429 : 503, "busy", "text/plain");
  };
  fake_.after = [&](const std::string&, httplib::Response& response) {
    return count % 4 == 2 && answers(response, 500, R"({"error_code":"INTERNAL_ERROR"})", "application/json");
  };
  EXPECT_EQ(send(4).sent, 4);
  std::multiset<std::string> once;
  for (const std::string& run : state()) {
    Json fields = Json::parse(run);
    std::set<std::string> metrics =
        fields.back();  // a store that keeps repeated values is the server's affair
    fields.back() = metrics;
    once.insert(fields.dump());
  }
  EXPECT_EQ(once, whole);
}

TEST_F(ExportMlflow, CompletesACutAnswer) {
  bool is_cut = false;
  fake_.before = [&](const std::string& call, httplib::Response& response) {
    if (call != "runs/search" || std::exchange(is_cut, true)) return false;
    response.set_content_provider(100, "application/json",
                                  [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                    sink.write("{\"runs\":", 8);
                                    return false;
                                  });
    return true;
  };
  EXPECT_EQ(send().sent, 4);
  EXPECT_TRUE(is_cut);
}

TEST_F(ExportMlflow, SendsWhatChangedSince) {
  send();
  const std::size_t metrics = fake_.runs[0].metrics.size();
  Store(path_).tag_run(1, "shown");
  const MlflowExportReport report = send();
  EXPECT_EQ(report.completed, 1);
  EXPECT_EQ(report.known, 3);
  EXPECT_EQ(fake_.runs.size(), 4U);
  EXPECT_EQ(fake_.runs[0].tags.at("rnnbench.tags"), "best shown");
  EXPECT_EQ(fake_.runs[0].metrics.size(), metrics) << "those are there already";
}

// Above so many runs it lists what is there instead of asking for each.
TEST_F(ExportMlflow, FindsManyRunsPageByPage) {
  add_many_runs(path_);
  fake_.page = 7;
  EXPECT_EQ(send().sent, 34);
  fake_.calls.clear();
  EXPECT_EQ(send().known, 34);
  EXPECT_EQ(std::ranges::count(fake_.calls, "runs/search"), 4 + 5);
}

TEST_F(ExportMlflow, LeavesOutWhatWasDeletedThere) {
  send();
  fake_.runs[1].stage = "deleted";
  const MlflowExportReport report = send();
  EXPECT_EQ(report.deleted, 1);
  EXPECT_EQ(report.known, 3);
  EXPECT_EQ(fake_.runs.size(), 4U);

  fake_.experiments[0]["lifecycle_stage"] = "deleted";
  EXPECT_THAT(failure(),
              AllOf(HasSubstr("'first' is deleted there"), HasSubstr("mlflow experiments restore")));
}

// Catches: one run that keeps back all after it.
TEST_F(ExportMlflow, LeavesOutARunThatIsRefusedAndSendsTheOthers) {
  int refused = 0;
  fake_.before = [&](const std::string& call, httplib::Response& response) {
    return call == "runs/log-batch" && refused++ < 2 &&
           answers(response, 400, R"({"error_code":"INVALID_PARAMETER_VALUE","message":"too long"})",
                   "application/json");
  };
  const MlflowExportReport report = send();
  EXPECT_THAT(report.problems, testing::ElementsAre(AllOf(testing::StartsWith("run 1: "),
                                                          HasSubstr("refuses runs/log-batch: too long"))));
  EXPECT_EQ(report.sent, 3);
  EXPECT_EQ(send().completed, 1);
}

// Catches: a run that is left out since another export wrote at the same moment.
TEST_F(ExportMlflow, AsksOnceMoreWhereARunIsRefused) {
  bool is_refused = false;
  fake_.before = [&](const std::string& call, httplib::Response& response) {
    return call == "runs/log-batch" && !std::exchange(is_refused, true) &&
           answers(response, 400, R"({"error_code":"BAD_REQUEST","message":"UNIQUE constraint failed"})",
                   "application/json");
  };
  const MlflowExportReport report = send();
  EXPECT_THAT(report.problems, testing::ElementsAre());
  EXPECT_EQ(report.sent, 4);
}

TEST_F(ExportMlflow, SaysWhatIsWrongWithAServerThatIsNone) {
  const auto said = [&](int status, const std::string& text, const char* type, const char* location = "") {
    fake_.before = [=](const std::string&, httplib::Response& response) {
      if (*location != '\0') response.set_header("Location", location);
      return answers(response, status, text, type);
    };
    return failure();
  };
  EXPECT_THAT(said(200, "<html></html>", "text/html"),
              HasSubstr("with no JSON object (text/html); is that an MLflow server's"));
  EXPECT_THAT(said(200, "[1]", "text/plain"), HasSubstr("with no JSON object"));
  EXPECT_THAT(said(200, "{\"cut", "application/json"), HasSubstr("with no JSON object"));
  EXPECT_THAT(said(200, R"({"experiment":{"experiment_id":7}})", "application/json"),
              HasSubstr("other JSON than MLflow does"));
  EXPECT_THAT(said(404, "no page", "text/html"), HasSubstr("check the address and its path"));
  EXPECT_THAT(said(401, "You are not authenticated", "text/plain"), HasSubstr("MLFLOW_TRACKING_USERNAME"));
  EXPECT_THAT(said(302, "", "text/html", "https://elsewhere/"),
              HasSubstr("leads to https://elsewhere/; give that address"));
  EXPECT_THAT(
      said(404, R"({"error_code":"ENDPOINT_NOT_FOUND","message":"no \u001b[31m call"})", "application/json"),
      AllOf(HasSubstr("no \\x1b[31m call"), HasSubstr("ENDPOINT_NOT_FOUND")));
  EXPECT_EQ(fake_.runs.size(), 0U);
}

TEST_F(ExportMlflow, SaysAtOnceThatNoServerIsThere) {
  Database database(path_);
  MlflowServer server = server_at("http://user:secret@127.0.0.1:9", 100);
  const std::string message =
      message_of<EnvironmentError>([&] { export_mlflow(database, all_runs(path_), server); });
  EXPECT_THAT(message, AllOf(HasSubstr("http://127.0.0.1:9: no server answers"), HasSubstr("mlflow server"),
                             Not(HasSubstr("secret"))));
}

TEST_F(ExportMlflow, EndsWhereItIsInterrupted) {
  std::stop_source source;
  fake_.before = [&](const std::string& call, httplib::Response& response) {
    if (call != "runs/log-batch") return false;
    source.request_stop();
    return answers(response, 500, "{}", "application/json");
  };
  Database database(path_);
  MlflowServer server(mlflow_address(fake_.url()), source.get_token(), {std::chrono::hours(1)});
  EXPECT_THROW(export_mlflow(database, all_runs(path_), server), Interrupted);
}

}  // namespace
}  // namespace rnnbench
