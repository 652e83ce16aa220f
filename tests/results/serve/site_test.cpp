// Catches: a name of the database that becomes markup, a statement that writes, a folder of the machine in an
// answer, an error that ends the server, an address that is answered with another one's page.
#include "results/serve/site.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/results/serve/site_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

TEST_F(SiteTest, EveryPageIsThere) {
  for (const char* address :
       {"/", "/runs", "/runs?experiment=first&sort=test_accuracy:desc",
        "/runs?group=engine,cell&sort=test_accuracy:desc", "/runs/1", "/compare", "/compare?s=1&s=2",
        "/compare?s=engine%3Deigen&s=engine%3Dlibtorch", "/claims", "/figures", "/figures?experiment=first",
        "/sql", "/sql?sql=SELECT+1", "/review", "/review?run=1&text=good"}) {
    const WebResponse page = get(address);
    EXPECT_EQ(page.status, 200) << address << page.body;
    EXPECT_THAT(page.body, AllOf(HasSubstr("<main id=\"main\">"), HasSubstr("</html>"))) << address;
    EXPECT_THAT(page.body, Not(HasSubstr(folder_.string()))) << address;
  }
}

TEST_F(SiteTest, RunsAreFilteredSortedAndGroupedByTheAddress) {
  EXPECT_THAT(get("/runs?engine=libtorch&status=finished").body, HasSubstr("3 of 3 runs"));
  EXPECT_THAT(get("/runs?where=test_accuracy>0.895").body, HasSubstr("3 of 3 runs"));
  EXPECT_THAT(get("/runs?before=3").body, HasSubstr("2 of 2 runs"));
  EXPECT_THAT(get("/runs?limit=4").body, AllOf(HasSubstr("4 of 9 runs"), HasSubstr("older runs")));
  const std::string groups = get("/runs?group=engine&sort=test_accuracy:desc").body;
  EXPECT_LT(groups.find("engine=libtorch"), groups.find("engine=eigen"));
  EXPECT_THAT(get("/runs?engine=libtorhc").body, HasSubstr("libtorch"));  // the nearest is named
  EXPECT_EQ(get("/runs?engine=libtorhc").status, 404);
  EXPECT_EQ(get("/runs?limit=-1").status, 400);
}

// The form sends all of its fields, empty ones too.
TEST_F(SiteTest, EmptyFieldsOfTheFormChooseNothing) {
  const std::string page =
      get("/runs?experiment=&status=&engine=&cell=&where=&columns=&group=&sort=&limit=4").body;
  EXPECT_THAT(page, AllOf(HasSubstr("4 of 9 runs, the newest first"), HasSubstr("older runs")));
  EXPECT_LT(page.find("/runs/9"), page.find("/runs/8"));
}

// Catches: a trial's first digits taken for its key, a condition of the view that the comparison forgets.
TEST_F(SiteTest, GroupsAreComparedAsTheyAreShown) {
  const std::string page = get("/runs?group=trial,engine&where=seed%3C3&status=finished").body;
  std::string address = "/compare?";
  for (std::size_t at = page.find("name=\"s\" value=\""); at != std::string::npos;
       at = page.find("name=\"s\" value=\"", at + 1)) {
    const std::size_t begin = at + 16;
    std::string subject = page.substr(begin, page.find('"', begin) - begin);
    for (std::size_t entity = subject.find("&lt;"); entity != std::string::npos;
         entity = subject.find("&lt;"))
      subject = subject.substr(0, entity) + "<" + subject.substr(entity + 4);
    address.append("s=").append(percent_encoded(subject)).append("&");
  }
  const WebResponse comparison = get(address);
  EXPECT_EQ(comparison.status, 200) << comparison.body;
  EXPECT_THAT(comparison.body, AllOf(HasSubstr("Verdict"), HasSubstr("<td class=\"number\">2</td>")));
}

TEST_F(SiteTest, CsvIsNeverCutWithoutAWord) {
  const WebResponse csv =
      get("/sql?format=csv&sql=" +
          percent_encoded(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) SELECT i FROM n"));
  EXPECT_EQ(csv.status, 400);
  EXPECT_THAT(csv.body, HasSubstr("more than 10000 rows"));
}

TEST_F(SiteTest, ComparisonsComeWithAVerdict) {
  const std::string page = get("/compare?s=engine%3Deigen&s=engine%3Dlibtorch").body;
  EXPECT_THAT(page, AllOf(HasSubstr("Verdict"), HasSubstr("engine=libtorch against engine=eigen")));
  EXPECT_EQ(get("/compare?s=1&s=99").status, 404);
  std::string many = "/compare?s=1";
  for (int i = 0; i < 60; ++i) many += "&s=1";
  EXPECT_EQ(get(many).status, 400);
}

TEST_F(SiteTest, NothingThatIsRecordedBecomesMarkup) {
  {
    Store store(path_);
    RunStart start = a_start(77);
    start.experiment.name = "<script>alert(1)</script>";
    start.experiment.question = "\"><img src=x onerror=alert(2)>";
    RunEnd end = an_end();
    end.status = RunStatus::kFailed;
    end.reason = "<iframe>";
    end.output = "</pre><script>alert(3)</script>";
    store.end_run(store.begin_run(start), end);
  }
  const std::string name = percent_encoded("<script>alert(1)</script>");
  for (const std::string& address :
       {std::string("/"), std::string("/runs"), std::string("/runs/10"), "/runs?experiment=" + name,
        "/figures?experiment=" + name,
        "/sql?sql=" + percent_encoded("SELECT name, question FROM experiments"), "/runs?sort=" + name,
        "/compare?s=" + name, "/review?run=1&text=" + name}) {
    const std::string body = get(address).body;
    EXPECT_THAT(body, Not(HasSubstr("<script>alert"))) << address;
    EXPECT_THAT(body, Not(HasSubstr("<img src=x"))) << address;
    EXPECT_THAT(body, Not(HasSubstr("<iframe>"))) << address;
  }
}

TEST_F(SiteTest, SqlOnlyReads) {
  for (const char* sql : {"DROP TABLE runs", "DELETE FROM runs", "ATTACH 'x.db' AS x",
                          "PRAGMA journal_mode=DELETE", "SELECT 1; DROP TABLE runs",
                          "INSERT INTO runs DEFAULT VALUES", "VACUUM", "SELECT load_extension('x')",
                          "CREATE TABLE x (a)", "SELECT", "nonsense", "SELECT writefile('x', 'y')"}) {
    const WebResponse page = get("/sql?sql=" + percent_encoded(sql));
    EXPECT_EQ(page.status, 400) << sql;
    EXPECT_THAT(page.body, HasSubstr("role=\"alert\"")) << sql;
    EXPECT_EQ(get("/api/v1/query?sql=" + percent_encoded(sql)).status, 400) << sql;
  }
  EXPECT_EQ(std::get<std::int64_t>(value("SELECT count(*) FROM runs")), 9);
}

TEST_F(SiteTest, SqlIsAnsweredAsTableAndCsv) {
  EXPECT_THAT(get("/sql?sql=SELECT+run,seed+FROM+run_summary").body, HasSubstr("9 rows"));
  const WebResponse csv = get("/sql?format=csv&sql=SELECT+run,seed+FROM+run_summary+WHERE+run=1");
  EXPECT_EQ(csv.body, "run,seed\n1,1\n");
  EXPECT_THAT(csv.type, HasSubstr("text/csv"));
  EXPECT_EQ(post("/sql", "sql=SELECT+1").status, 200);
}

TEST_F(SiteTest, AReviewIsJudged) {
  const std::string page = post("/review", "run=1&text=a+good+film").body;
  EXPECT_THAT(page, AllOf(HasSubstr("POSITIVE"), HasSubstr("0.750"), HasSubstr("a good film"),
                          HasSubstr("&lt;b&gt;")));
  EXPECT_THAT(page, HasSubstr("<option value=\"1\" selected>"));
  for (const std::string& text : {std::string(), std::string("   "), std::string(5 << 20, 'x')})
    EXPECT_EQ(post("/review", "run=1&text=" + text).status, 400);
  EXPECT_EQ(post("/review", "run=9&text=good").status, 400);
  EXPECT_EQ(post("/review", "run=x&text=good").status, 400);
  EXPECT_EQ(post("/review", "run=1&text=%3Cscript%3E").status, 200);
}

TEST_F(SiteTest, UnknownThingsAreNotFoundByPageAndByJson) {
  for (const char* address :
       {"/nothing", "/runs/99", "/figures/nothing.svg", "/assets/../site.cpp", "/assets/nothing"})
    EXPECT_EQ(get(address).status, 404) << address;
  for (const char* address : {"/runs/x", "/runs/-1", "/runs/1x", "/runs/99999999999999999999", "/runs/"})
    EXPECT_EQ(get(address).status, 400) << address;
  const WebResponse json = get("/api/v1/runs/99");
  EXPECT_EQ(json.status, 404);
  EXPECT_THAT(Json::parse(json.body)["error"].get<std::string>(),
              AllOf(HasSubstr("no run 99"), Not(HasSubstr("/"))));
  EXPECT_EQ(get("/api/v1/nothing").status, 404);
}

TEST_F(SiteTest, OnlyWhatMayBePostedIs) {
  EXPECT_EQ(post("/runs", "").status, 405);
  EXPECT_EQ(post("/", "").status, 405);
  WebRequest request;
  request.host = "localhost:8437";
  for (const char* method : {"PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS", "nonsense"}) {
    request.method = method;
    EXPECT_EQ(site().respond(request).status, 405) << method;
  }
}

TEST_F(SiteTest, AStrangerIsRefusedEverything) {
  WebRequest request;
  request.host = "evil.example:8437";
  for (const char* path : {"/", "/api/v1/runs", "/assets/style.css", "/sql"}) {
    request.path = path;
    EXPECT_EQ(site().respond(request).status, 421) << path;
    EXPECT_EQ(site().respond(request).type.starts_with("application/json"),
              path == std::string("/api/v1/runs"));
  }
}

TEST_F(SiteTest, ADatabaseThatGoesAwayIsAnErrorAndComesBack) {
  ASSERT_EQ(get("/").status, 200);
  database_.reset();
  std::filesystem::rename(path_, folder_ / "away.db");
  EXPECT_EQ(get("/").status, 503);
  EXPECT_THAT(get("/").body, Not(HasSubstr(folder_.string())));
  std::ofstream(path_) << "this is no database";
  EXPECT_EQ(get("/").status, 503);
  EXPECT_EQ(get("/api/v1/runs").status, 503);
  std::filesystem::rename(folder_ / "away.db", path_);
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(SiteTest, TheApiAnswersAsTheCommandLineDoes) {
  const Json runs = Json::parse(get("/api/v1/runs?status=finished&columns=run,engine&sort=run").body);
  EXPECT_EQ(runs["all"], 6);
  EXPECT_EQ(runs["runs"][0], (Json{{"run", 1}, {"engine", "eigen"}}));
  EXPECT_EQ(Json::parse(get("/api/v1/experiments").body)[0]["experiment"], "first");
  EXPECT_EQ(Json::parse(get("/api/v1/groups?group=engine").body).size(), 2U);
  EXPECT_EQ(Json::parse(get("/api/v1/runs/1").body)["run"], 1);
  EXPECT_EQ(Json::parse(get("/api/v1/query?sql=SELECT+1+AS+a").body),
            (Json{{"cut", false}, {"rows", {{{"a", 1}}}}}));
  EXPECT_EQ(Json::parse(post("/api/v1/query", R"({"sql":"SELECT 2 AS a"})").body)["rows"][0]["a"], 2);
  EXPECT_EQ(Json::parse(post("/api/v1/review", R"({"run":1,"text":"good"})").body)["call"], "POSITIVE");
  EXPECT_GT(Json::parse(get("/api/v1/compare?s=1&s=2").body).size(), 0U);
  const Json curves = Json::parse(get("/api/v1/runs/1/curves").body);
  EXPECT_EQ(curves["loss"]["labels"], (Json{"epoch", "run 1, train"}));
  EXPECT_EQ(curves["loss"]["rows"][1], (Json{2.0, {0.5, 0.5, 0.5}}));
  for (const char* body : {"", "[]", "{}", "{\"sql\": 1}", "{\"sql\": \"SELECT\"", "\xff"})
    EXPECT_EQ(post("/api/v1/query", body).status, 400) << body;
  for (const char* body :
       {"{\"run\": \"1\", \"text\": \"a\"}", "{\"run\": 1}", "{\"run\": 1.5, \"text\": \"a\"}", "null"})
    EXPECT_EQ(post("/api/v1/review", body).status, 400) << body;
  EXPECT_EQ(get("/api/v1/review").status, 405);
}

TEST_F(SiteTest, TheTokenIsKeptInACookie) {
  SiteOptions with_token = options();
  with_token.access.token = "secret";
  Site guarded(with_token);
  WebRequest request;
  request.host = "localhost:8437";
  EXPECT_EQ(guarded.respond(request).status, 401);
  request.path = "/runs";
  request.query.values = {{"token", "secret"}, {"engine", "eigen"}};
  const WebResponse page = guarded.respond(request);
  ASSERT_EQ(page.status, 303);
  ASSERT_EQ(page.headers.size(), 2U);
  EXPECT_EQ(page.headers[0].second, "/runs?engine=eigen");
  EXPECT_THAT(page.headers[1].second, AllOf(HasSubstr("rnnbench_token_8437=secret"), HasSubstr("HttpOnly"),
                                            HasSubstr("SameSite=Strict")));
}

}  // namespace
}  // namespace rnnbench
