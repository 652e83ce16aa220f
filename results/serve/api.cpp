#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "plots/figures.hpp"
#include "results/query/comparison.hpp"
#include "results/query/query_table.hpp"
#include "results/query/run_page.hpp"
#include "results/query/table_format.hpp"
#include "results/report/reproduction.hpp"
#include "results/serve/curves.hpp"
#include "results/serve/html.hpp"
#include "results/serve/review_call.hpp"
#include "results/serve/run_views.hpp"
#include "results/serve/site.hpp"
#include "results/serve/sql_answer.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// A body that is an object. Throws ConfigError.
Json body_of(const WebRequest& request) {
  Json body = Json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object()) throw ConfigError("the body is no JSON object");
  return body;
}

std::string string_in(const Json& body, const char* name) {
  if (!body.contains(name) || !body[name].is_string())
    throw ConfigError(fmt::format("'{}' must be a text", name));
  return body[name].get<std::string>();
}

WebResponse runs(const PageRequest& request) {
  const RunListPage page =
      list_page(request.database, run_filter(request.web.query), run_list_view(request.web.query));
  return json_response(fmt::format("{{\"all\": {}, \"runs\": {}}}\n", page.all, json_text(page.table)));
}

WebResponse groups(const PageRequest& request) {
  const RunGroupView view = run_group_view(request.web.query);
  if (view.by.empty()) throw ConfigError("group names what runs are grouped by, e.g. group=engine,cell");
  return json_response(json_text(group_runs(request.database, run_filter(request.web.query), view)));
}

WebResponse compare(const PageRequest& request) {
  const std::vector<Subject> subjects = subjects_of(request.database, request.web.query);
  if (subjects.size() < 2) throw ConfigError("give two or more: s=12&s=17");
  return json_response(comparison_text(compare_subjects(request.database, subjects), TableFormat::kJson));
}

WebResponse ask(const PageRequest& request) {
  const std::string sql =
      request.web.method == "POST" ? string_in(body_of(request.web), "sql") : request.web.query.get("sql");
  if (sql.empty()) throw ConfigError("give a statement: sql=SELECT …");
  const SqlAnswer answer = ask_sql(request.database, sql);
  return json_response(fmt::format("{{\"cut\": {}, \"rows\": {}}}\n", answer.cut, json_text(answer.table)));
}

WebResponse review(const PageRequest& request) {
  if (request.web.method != "POST") return json_response(text_of({{"error", "send it as POST"}}), 405);
  const Json body = body_of(request.web);
  if (!body.contains("run") || !body["run"].is_number_integer())
    throw ConfigError("'run' must be a run's number");
  const ReviewCall call = call_review(request.site, body["run"].get<RunId>(), string_in(body, "text"));
  Json words = Json::array();
  for (const WordWorth& word : call.worth)
    words.push_back({{"word", word.word}, {"known", word.known}, {"worth", word.worth}});
  return json_response(text_of({{"call", call.positive >= 0.5 ? "POSITIVE" : "NEGATIVE"},
                                {"positive", call.positive},
                                {"words", call.words},
                                {"known_words", call.known_words},
                                {"worth", words}}));
}

WebResponse figure_list() {
  Json all = Json::array();
  for (const Figure& figure : figures())
    all.push_back({{"name", figure.name}, {"title", figure.title}, {"description", figure.description}});
  return json_response(text_of(all));
}

WebResponse run_answer(const PageRequest& request, std::string path) {
  constexpr std::string_view kCurves = "/curves", kEvents = "/events";
  if (path.ends_with(kEvents)) {  // the server sends them; here is who asks for a run that there isn't
    require_run(request.database, run_of(path.substr(0, path.size() - kEvents.size())));
    return json_response(text_of({{"error", "events are sent to one who follows"}}), 400);
  }
  if (path.ends_with(kCurves)) {
    path.resize(path.size() - kCurves.size());
    require_run(request.database, run_of(path));
    return json_response(curves_json(curves_of(request.database, {find_subject(request.database, path)})));
  }
  return json_response(show_run(request.database, run_of(path), TableFormat::kJson));
}

}  // namespace

WebResponse api_answer(const PageRequest& request, const std::string& path) {
  if (path == "experiments") return json_response(json_text(experiment_table(request.database)));
  if (path == "runs") return runs(request);
  if (path == "groups") return groups(request);
  if (path == "compare") return compare(request);
  if (path == "compare/curves")
    return json_response(
        curves_json(curves_of(request.database, subjects_of(request.database, request.web.query))));
  if (path == "claims")
    return json_response(reproduction_json(request.site.hooks.load_claims(request.database)));
  if (path == "figures") return figure_list();
  if (path == "query") return ask(request);
  if (path == "review") return review(request);
  if (path.starts_with("runs/")) return run_answer(request, path.substr(5));
  return json_response(
      text_of({{"error", "there is nothing of that name; /api/v1/openapi.json lists what there is"}}), 404);
}

}  // namespace rnnbench
