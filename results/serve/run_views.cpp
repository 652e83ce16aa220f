#include "results/serve/run_views.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"
#include "results/query/run_fields.hpp"
#include "results/serve/html.hpp"

namespace rnnbench {
namespace {

constexpr std::int64_t kRunsShown = 50;
constexpr std::int64_t kMostRuns = 1000;
constexpr std::size_t kMostSubjects = 50;

constexpr const char* kExperiments =
    "SELECT e.name AS experiment, max(e.question) AS question, count(r.id) AS runs, "
    "sum(r.status = 'finished') AS finished, sum(r.status = 'failed') AS failed, sum(r.status = 'running') "
    "AS running, "
    "max(r.test_accuracy) AS best_test_accuracy, max(r.started) AS newest "
    "FROM experiments e LEFT JOIN runs r ON r.experiment_id = e.id GROUP BY e.name ORDER BY newest DESC "
    "LIMIT 100";

std::vector<std::string> names_in(const UrlQuery& query, const char* name) {
  const std::string list = query.get(name);
  return list.empty() ? std::vector<std::string>{} : split_names(list, name);
}

}  // namespace

Table experiment_table(Database& database) { return query_table(database, kExperiments); }

RunFilter run_filter(const UrlQuery& query) {
  RunFilter filter;
  filter.experiment = query.get("experiment");
  filter.engine = query.get("engine");
  filter.cell = query.get("cell");
  filter.device = query.get("device");
  filter.data_set = query.get("data_set");
  filter.status = query.get("status");
  filter.trial = query.get("trial");
  for (const std::string& where : query.all("where")) {
    if (where.empty()) continue;
    for (std::string& condition : split_names(where, "where")) filter.where.push_back(std::move(condition));
  }
  if (const std::string before = query.get("before"); !before.empty())
    filter.where.push_back(fmt::format("run<{}", query.number("before", 0, 1, INT64_MAX)));
  filter.tags = names_in(query, "tag");
  return filter;
}

RunListView run_list_view(const UrlQuery& query) {
  RunListView view;
  view.columns = names_in(query, "columns");
  if (view.columns.empty()) {
    view.columns = {"run",    "experiment",    "engine",    "cell",          "seed",       "status",
                    "epochs", "test_accuracy", "test_loss", "train_seconds", "vocabulary", "length",
                    "recipe", "device",        "trial",     "started"};
  }
  if (!view.columns.empty() && std::ranges::find(view.columns, "run") == view.columns.end())
    view.columns.insert(view.columns.begin(), "run");
  view.sort = query.get("sort", "run:desc");
  view.limit = static_cast<int>(query.number("limit", kRunsShown, 1, kMostRuns));
  return view;
}

RunGroupView run_group_view(const UrlQuery& query) {
  RunGroupView view;
  view.by = names_in(query, "group");
  view.measures = names_in(query, "columns");
  view.sort = query.get("sort");
  view.limit = static_cast<int>(query.number("limit", kMostRuns, 1, kMostRuns));
  return view;
}

std::vector<Subject> subjects_of(Database& database, const UrlQuery& query) {
  std::vector<Subject> subjects;
  for (const std::string& text : query.all("s")) {
    if (text.empty()) continue;
    if (subjects.size() == kMostSubjects)
      throw ConfigError(fmt::format("at most {} are compared", kMostSubjects));
    subjects.push_back(find_subject(database, text));
  }
  return subjects;
}

std::string more_links(const Table& shown, const UrlQuery& query) {
  std::string html = "<p>";
  const std::string sort = query.get("sort", "run:desc");
  const auto run = std::ranges::find(shown.columns, "run") - shown.columns.begin();
  if (sort == "run:desc" && !shown.rows.empty()) {
    const std::string oldest = cell_text(shown.rows.back()[static_cast<std::size_t>(run)]);
    html += link("/runs" + query.with("before", oldest).text(), "older runs") + " · ";
  }
  for (const char* limit : {"200", "1000"})
    html += link("/runs" + query.with("limit", limit).text(), std::string(limit) + " a page") + " ";
  return html + "</p>\n";
}

}  // namespace rnnbench
