#include <fmt/format.h>

#include <algorithm>

#include "results/query/query_table.hpp"
#include "results/query/run_groups.hpp"
#include "results/query/run_list.hpp"
#include "results/serve/html.hpp"
#include "results/serve/run_views.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

constexpr const char* kStatuses[] = {"finished", "running", "failed", "interrupted", "skipped"};

std::string option(const std::string& value, const std::string& chosen) {
  return fmt::format("<option{}>{}</option>", value == chosen ? " selected" : "", escaped(value));
}

std::string text_field(const char* name, const char* label, const UrlQuery& query, const char* hint) {
  return fmt::format("<label>{} <input name=\"{}\" value=\"{}\" placeholder=\"{}\"></label>\n", label, name,
                     escaped(query.get(name)), escaped(hint));
}

/// What is chosen stands in the address, so that a view can be sent to somebody.
std::string filter_form(Database& database, const UrlQuery& query) {
  std::string experiments = "<option value=\"\">any</option>", statuses = experiments;
  for (const auto& row :
       query_table(database, "SELECT DISTINCT name FROM experiments ORDER BY name LIMIT 500").rows)
    experiments += option(cell_text(row[0]), query.get("experiment"));
  for (const char* status : kStatuses) statuses += option(status, query.get("status"));
  return fmt::format(
      "<form class=\"filters\" action=\"/runs\" method=\"get\" aria-label=\"Which runs\">\n"
      "<label>experiment <select name=\"experiment\">{}</select></label>\n"
      "<label>status <select name=\"status\">{}</select></label>\n{}{}{}{}{}{}"
      "<button>Show</button>\n</form>\n",
      experiments, statuses, text_field("engine", "engine", query, "fused"),
      text_field("cell", "cell", query, "lstm"), text_field("where", "where", query, "test_accuracy>0.85"),
      text_field("columns", "columns", query, "run,cell,loss:validation"),
      text_field("group", "group over seeds by", query, "trial,engine,cell"),
      text_field("sort", "sort by", query, "test_accuracy:desc"));
}

/// Sorts by a column, the other way round where it is sorted so already.
std::string sort_address(const UrlQuery& query, const std::string& column) {
  const std::string down = column + ":desc";
  return "/runs" + query.with("sort", query.get("sort") == down ? column : down).with("before", "").text();
}

std::string run_table(const Table& table, const UrlQuery& query, const std::string& caption) {
  const auto run_column = std::ranges::find(table.columns, "run") - table.columns.begin();
  TableView view;
  view.caption = caption;
  view.sort = [&](const std::string& column) { return sort_address(query, column); };
  view.sorted_by = query.get("sort");
  view.html = [&](std::size_t row, std::size_t column) -> std::string {
    if (static_cast<std::ptrdiff_t>(column) != run_column) return "";
    const std::string run = cell_text(table.rows[row][column]);
    return fmt::format("<input type=\"checkbox\" name=\"s\" value=\"{0}\" aria-label=\"choose run {0}\"> {1}",
                       run, link("/runs/" + run, run));
  };
  return "<form action=\"/compare\" method=\"get\">\n" + html_table(table, view) +
         "<button>Compare the chosen ones</button>\n</form>\n";
}

/// A group as `compare` names it: "experiment=quick,engine=eigen,cell=rnn", with all that the view chooses
/// by. The list shows a trial's first digits, which "contains" finds.
std::string group_subject(const std::vector<TableCell>& row, const RunGroupView& view,
                          const UrlQuery& query) {
  std::vector<std::string> conditions;
  for (std::size_t c = 0; c < view.by.size(); ++c) {
    const bool empty = std::holds_alternative<std::monostate>(row[c]);
    conditions.push_back(fmt::format("{}{}{}", view.by[c], view.by[c] == "trial" ? "~" : "=",
                                     empty ? "none" : cell_text(row[c])));
  }
  for (const char* name : {"experiment", "engine", "cell", "device", "data_set", "status"}) {
    const std::string value = query.get(name);
    if (!value.empty() && std::ranges::find(view.by, name) == view.by.end())
      conditions.push_back(fmt::format("{}={}", name, value));
  }
  if (const std::string trial = query.get("trial"); !trial.empty()) conditions.push_back("trial~" + trial);
  for (const std::string& where : run_filter(query).where) conditions.push_back(where);
  return fmt::format("{}", fmt::join(conditions, ","));
}

std::string group_table(const Table& table, const RunGroupView& view, const UrlQuery& query,
                        const std::string& caption) {
  TableView shown;
  shown.caption = caption;
  shown.sort = [&](const std::string& column) { return sort_address(query, column); };
  shown.sorted_by = query.get("sort");
  shown.html = [&](std::size_t row, std::size_t column) -> std::string {
    if (column != 0) return "";
    const std::string subject = group_subject(table.rows[row], view, query);
    return fmt::format("<input type=\"checkbox\" name=\"s\" value=\"{0}\" aria-label=\"choose {0}\"> {1}",
                       escaped(subject), escaped(cell_text(table.rows[row][0])));
  };
  return "<form action=\"/compare\" method=\"get\">\n" + html_table(table, shown) +
         "<button>Compare the chosen ones</button>\n</form>\n";
}

std::string csv_link(const UrlQuery& query) {
  const char* path = query.get("group").empty() ? "/api/v1/runs" : "/api/v1/groups";
  return fmt::format("<p>{} of the same, for programs.</p>\n", link(path + query.text(), "JSON"));
}

}  // namespace

WebResponse runs_page(const PageRequest& request) {
  const UrlQuery& query = request.web.query;
  std::string html = filter_form(request.database, query);
  if (query.get("group").empty()) {
    const RunListPage page = list_page(request.database, run_filter(query), run_list_view(query));
    const std::size_t shown = page.table.rows.size();
    html += run_table(page.table, query,
                      fmt::format("{} of {} runs{}", shown, page.all,
                                  query.get("sort").empty() ? ", the newest first" : ""));
    if (static_cast<std::int64_t>(shown) < page.all) html += more_links(page.table, query);
  } else {
    const RunGroupView view = run_group_view(query);
    const Table table = group_runs(request.database, run_filter(query), view);
    html +=
        group_table(table, view, query,
                    fmt::format("{} groups over seeds: mean, standard deviation and n", table.rows.size()));
  }
  return html_response(page_of("Runs", "/runs", html + csv_link(query)));
}

}  // namespace rnnbench
