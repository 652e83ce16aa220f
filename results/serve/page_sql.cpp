#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "results/query/named_queries.hpp"
#include "results/query/query_table.hpp"
#include "results/query/table_format.hpp"
#include "results/serve/html.hpp"
#include "results/serve/site.hpp"
#include "results/serve/sql_answer.hpp"

namespace rnnbench {
namespace {

constexpr const char* kSchema =
    "SELECT m.name AS \"table or view\", group_concat(p.name, ', ') AS columns FROM sqlite_schema m, "
    "pragma_table_info(m.name) p "
    "WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite%' GROUP BY m.name ORDER BY m.type DESC, "
    "m.name";

constexpr const char* kExample =
    "SELECT engine, cell, count(*) AS n, round(avg(test_accuracy), 4) AS mean_accuracy\nFROM run_summary "
    "WHERE status = "
    "'finished' GROUP BY engine, cell";

std::string form_of(const std::string& sql) {
  std::string examples;
  for (const NamedQuery& query : named_queries()) {
    if (query.sql.find(':') != std::string::npos) continue;
    UrlQuery address;
    address.values = {{"sql", query.sql}};
    examples += fmt::format("<li>{}: {}</li>\n", link("/sql" + address.text(), query.name),
                            escaped(query.description));
  }
  return fmt::format(
      "<form action=\"/sql\" method=\"get\" aria-label=\"Question\">\n<label for=\"sql\">One statement of "
      "SQLite that only reads; "
      "{} rows and {} seconds at most</label>\n<textarea id=\"sql\" name=\"sql\" rows=\"6\" "
      "spellcheck=\"false\">{}</textarea>\n"
      "<button>Ask</button> <button name=\"format\" value=\"csv\">As "
      "CSV</button>\n</form>\n<details><summary>Named "
      "queries</summary><ul>{}</ul></details>\n",
      kMostSqlRows, kMostSqlSeconds, escaped_lines(sql.empty() ? kExample : sql), examples);
}

}  // namespace

WebResponse sql_page(const PageRequest& request) {
  const UrlQuery query = request.web.method == "POST" ? form_values(request.web.body) : request.web.query;
  const std::string sql = query.get("sql");
  if (query.get("format") == "csv" && !sql.empty()) {
    const SqlAnswer answer = ask_sql(request.database, sql);
    if (answer.cut) {
      throw ConfigError(fmt::format(
          "there are more than {} rows; `rnnbench query \"…\" --format csv` writes them all", kMostSqlRows));
    }
    WebResponse response;
    response.type = "text/csv; charset=utf-8";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"answer.csv\"");
    response.body = csv_text(answer.table);
    return response;
  }
  std::string html = form_of(sql);
  int status = 200;
  if (!sql.empty()) {
    try {
      const SqlAnswer answer = ask_sql(request.database, sql);
      TableView view;
      view.caption = fmt::format("{}{} rows", answer.cut ? "The first " : "", answer.table.rows.size());
      view.sorts_in_page = true;
      html += html_table(answer.table, view);
    } catch (const ConfigError& error) {
      status = 400;
      html += fmt::format("<p class=\"error\" role=\"alert\">{}</p>\n", escaped(error.what()));
    }
  }
  TableView schema;
  schema.caption = "Tables and views; docs/queries.md says what the columns of views are";
  html += "<h2>What can be asked for</h2>\n" + html_table(query_table(request.database, kSchema), schema);
  return html_response(page_of("SQL", "/sql", html), status);
}

}  // namespace rnnbench
