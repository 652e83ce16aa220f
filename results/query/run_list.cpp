#include "results/query/run_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/records.hpp"
#include "results/query/query_table.hpp"
#include "results/query/table_order.hpp"

namespace rnnbench {
namespace {

/// Those that tell runs from each other.
std::vector<std::string> usual_columns(const RunFilter& filter) {
  if (filter.experiment == kBenchExperiment) {
    return {"run", "subject", "side", "device", "trial", "status", "epochs", "step_ms", "started"};
  }
  return {"run",    "experiment",    "trial",         "data_set", "recipe", "engine",
          "cell",   "device",        "vocabulary",    "length",   "seed",   "status",
          "epochs", "test_accuracy", "train_seconds", "started"};
}

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char letter : name) text += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return text + '"';
}

SqlPart column_list(const std::vector<std::string>& names, RunFields& fields) {
  SqlPart list;
  for (const std::string& name : names) {
    if (!list.text.empty()) list += {", "};
    list += fields.find(name).shown;
    list += {" AS " + quoted(name)};
  }
  return list;
}

/// Without columns of the user's, engines are shown with what tells two sides of a bench from each other.
SqlPart usual_list(const RunFilter& filter, RunFields& fields) {
  SqlPart list;
  for (const std::string& name : usual_columns(filter)) {
    if (!list.text.empty()) list += {", "};
    list += fields.find(name == "engine" ? "side" : name).shown;
    list += {" AS " + quoted(name)};
  }
  return list;
}

SqlPart order_of(const std::string& sort, RunFields& fields) {
  SqlPart order;
  for (const SortKey& key : sort.empty() ? std::vector<SortKey>{} : parse_sort(sort)) {
    order += fields.find(key.name).value;
    order += {key.descending ? " DESC NULLS LAST, " : " NULLS LAST, "};
  }
  return order += {"run"};
}

/// The numbers of the runs to list.
SqlPart chosen_runs(const SqlPart& where, const RunListView& view, bool counted, RunFields& fields) {
  SqlPart chosen{counted ? "SELECT run AS chosen, count(*) OVER () AS all_runs FROM run_summary WHERE "
                         : "SELECT run AS chosen FROM run_summary WHERE "};
  chosen += where;
  // The newest of all are found at the table's end; of some, sooner in the list's index (unary +: no order).
  const char* newest_first = where.text == "1" ? " ORDER BY run DESC" : " ORDER BY +run DESC";
  const auto limit = [](int most) { return SqlPart{" LIMIT ?", {std::int64_t{most > 0 ? most : -1}}}; };
  if (view.sort.empty()) {
    const bool both = view.newest > 0 && view.limit > 0;
    chosen += {newest_first};
    return chosen += limit(both ? std::min(view.newest, view.limit) : std::max(view.newest, view.limit));
  }
  if (view.newest > 0) {
    chosen += {newest_first};
    chosen += limit(view.newest);
    SqlPart newest{"SELECT run AS chosen FROM run_summary WHERE run IN ("};
    newest += chosen;
    chosen = newest += {")"};
  }
  chosen += {" ORDER BY "};
  chosen += order_of(view.sort, fields);
  return chosen += limit(view.limit);
}

RunListQuery list_query(const RunFilter& filter, const SqlPart& where, const RunListView& view, bool counted,
                        RunFields& fields) {
  SqlPart sql{"SELECT "};
  sql += view.columns.empty() ? usual_list(filter, fields) : column_list(view.columns, fields);
  sql += {counted ? ", all_runs FROM (" : " FROM ("};
  sql += chosen_runs(where, view, counted, fields);
  sql += {") CROSS JOIN run_summary ON run = chosen ORDER BY "};
  sql += order_of(view.sort, fields);
  return {sql.text, sql.parameters};
}

}  // namespace

RunListQuery run_list_query(Database& database, const RunFilter& filter, const RunListView& view) {
  RunFields fields(database);
  return list_query(filter, filter_sql(filter, fields), view, /*counted=*/false, fields);
}

Table list_runs(Database& database, const RunFilter& filter, const RunListView& view) {
  const RunListQuery query = run_list_query(database, filter, view);
  Table table = query_table(database, query.sql, query.parameters);
  if (table.rows.empty()) refuse_unknown_values(database, filter);
  return table;
}

RunListPage list_page(Database& database, const RunFilter& filter, const RunListView& view) {
  RunFields fields(database);
  const SqlPart where = filter_sql(filter, fields);
  if (where.text == "1") return {list_runs(database, filter, view), count_runs(database, filter)};
  const RunListQuery query = list_query(filter, where, view, /*counted=*/true, fields);
  RunListPage page{query_table(database, query.sql, query.parameters)};
  if (page.table.rows.empty()) refuse_unknown_values(database, filter);
  page.table.columns.pop_back();
  for (auto& row : page.table.rows) {
    page.all = std::get<std::int64_t>(row.back());
    row.pop_back();
  }
  return page;
}

std::int64_t count_runs(Database& database, const RunFilter& filter) {
  RunFields fields(database);
  SqlPart sql{"SELECT count(*) FROM run_summary WHERE "};
  sql += filter_sql(filter, fields);
  return std::get<std::int64_t>(query_table(database, sql.text, sql.parameters).rows.at(0).at(0));
}

}  // namespace rnnbench
