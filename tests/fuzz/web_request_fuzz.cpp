// Bytes become a request of the web page or of its API, SQL, conditions and reviews among them; whatever is
// asked, the answer is one, says nothing of the machine, holds no markup of the request's, and the database
// is as it was.
#include <fmt/format.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"
#include "results/serve/site.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// Choices, one byte each; zeros once the bytes are used up.
class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return std::data(values)[byte() % values.size()];
  }
  /// So many bytes as the next one says, as they are.
  std::string bytes() {
    std::string text;
    for (int left = byte() % 64; left > 0; --left) text += static_cast<char>(byte());
    return text;
  }
  bool is_over() const { return bytes_.empty(); }

 private:
  std::span<const std::uint8_t> bytes_;
};

constexpr const char* kMark = "<script>alert";

/// Words that lead further into the program than bytes do, and bytes.
std::string text_of(Choices& choices) {
  std::string text;
  for (int words = 1 + choices.byte() % 6; words > 0; --words) {
    text += choices.one_of<std::string>(
        {"SELECT ",
         "* FROM ",
         "run_summary ",
         "runs ",
         "WHERE ",
         "1",
         "(",
         ")",
         ";",
         "ATTACH ",
         "DROP TABLE ",
         "PRAGMA ",
         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 999) SELECT i FROM n",
         "UNION ",
         "--",
         "'",
         "\"",
         "json_extract(",
         "zeroblob(",
         "writefile(",
         "load_extension(",
         "engine",
         "=",
         ">",
         "~",
         "test_accuracy",
         ":desc",
         ",",
         "loss:validation",
         "training.epochs",
         "none",
         "-1",
         "9223372036854775808",
         kMark,
         "\"><img src=x onerror=y>",
         "%",
         "\n",
         "\xff",
         "\xf0\x9f\x8e\xac",
         std::string(1, '\0'),
         "../",
         "{",
         "}",
         "[",
         "null",
         choices.bytes()});
  }
  return text;
}

WebRequest request_of(Choices& choices) {
  WebRequest request;
  request.host = choices.byte() % 16 == 0 ? text_of(choices) : "localhost:8437";
  request.method =
      choices.one_of<std::string>({"GET", "GET", "GET", "POST", "POST", "HEAD", text_of(choices)});
  request.path = choices.one_of<std::string>({"/",
                                              "/runs",
                                              "/runs/1",
                                              "/compare",
                                              "/claims",
                                              "/sql",
                                              "/review",
                                              "/api/v1/runs",
                                              "/api/v1/groups",
                                              "/api/v1/compare",
                                              "/api/v1/query",
                                              "/api/v1/review",
                                              "/api/v1/runs/1",
                                              "/api/v1/runs/1/curves",
                                              "/api/v1/compare/curves",
                                              "/api/v1/experiments",
                                              "/api/v1/figures",
                                              "/runs/" + text_of(choices),
                                              "/api/v1/" + text_of(choices),
                                              "/assets/" + text_of(choices),
                                              text_of(choices)});
  for (int values = choices.byte() % 5; values > 0; --values) {
    request.query.values.emplace(
        choices.one_of<std::string>({"s", "sql", "where", "sort", "columns", "group", "limit", "before",
                                     "experiment", "engine", "status", "tag", "run", "text", "format"}),
        text_of(choices));
  }
  const std::string text = text_of(choices);
  request.body = choices.one_of<std::string>(
      {"run=1&text=" + percent_encoded(text), "sql=" + percent_encoded(text), text,
       nlohmann::json({{"sql", text}}).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
       nlohmann::json({{"run", 1}, {"text", text}})
           .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)});
  if (choices.byte() % 8 == 0) request.origin = text_of(choices);
  return request;
}

/// A database with two runs in a folder of its own, and the site of it.
class Fixture {
 public:
  Fixture() : folder_(fs::temp_directory_path() / "rnnbench-web-fuzz-XXXXXX") {
    std::string name = folder_.string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    folder_ = name;
    Store store(database());
    const TrialRecord trial{
        std::string(64, 'a'), "{\"training\":{\"epochs\":2}}", "eigen", "rnn", "cpu", "toy", "toy", 256, 20};
    const ExperimentRecord experiment{"fuzzed", "Which?", "x"};
    store.add_trials(experiment, {trial});
    for (const std::uint64_t seed : {1, 2}) {
      const RunId run = store.begin_run({experiment, trial, seed, "{}"});
      store.epoch_finished(
          run, {1, {{"loss", "train", 1, 0.5, "nats"}, {"accuracy", "test", 1, 0.75, "fraction"}}, {}});
      store.end_run(run, {RunStatus::kFinished, "", 1, {}, {}, {}});
    }
  }
  ~Fixture() { fs::remove_all(folder_); }

  fs::path database() const { return folder_ / "results.db"; }
  const fs::path& folder() const { return folder_; }

  Site site() const {
    SiteOptions options;
    options.database = database();
    options.access = {"127.0.0.1", 8437, ""};
    options.hooks.call_review = [](RunId, const std::string& text, bool) {
      return ReviewCall{0.5, 1, 1, {{text, true, 0.5}}};
    };
    options.hooks.load_claims = [](Database&) { return std::vector<ClaimData>(); };
    return Site(options);
  }

 private:
  fs::path folder_;
};

void check(bool holds, const char* what, const WebRequest& request, const WebResponse& response) {
  if (holds) return;
  fmt::print(stderr, "{}: {} {} {} body {}\n{} {}\n", what, request.method, request.path,
             request.query.text(), percent_encoded(request.body), response.status,
             response.body.substr(0, 2000));
  std::abort();
}

std::int64_t runs_in(const fs::path& path) {
  Database database(path);
  return std::get<std::int64_t>(query_table(database, "SELECT count(*) FROM runs").rows[0][0]);
}

}  // namespace
}  // namespace rnnbench

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace rnnbench;
  static const Fixture fixture;
  static Site site = fixture.site();
  Choices choices({bytes, size});
  const WebRequest request = request_of(choices);
  const WebResponse response = site.respond(request);
  const bool known = response.status == 200 || response.status == 400 || response.status == 401 ||
                     response.status == 403 || response.status == 404 || response.status == 405 ||
                     response.status == 421 || response.status == 503;
  check(known, "an unusual status", request, response);
  const bool html = response.type.starts_with("text/html");
  check(!html || response.body.find(kMark) == std::string::npos, "markup of the request", request, response);
  check(!html || response.body.find("<img src=x") == std::string::npos, "markup of the request", request,
        response);
  check(response.body.find(fixture.folder().string()) == std::string::npos, "a folder of the machine",
        request, response);
  if (response.type == "application/json")
    check(nlohmann::json::accept(response.body), "no JSON", request, response);
  check(runs_in(fixture.database()) == 2, "another database", request, response);
  return 0;
}
