#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "results/query/database.hpp"
#include "results/query/named_queries.hpp"
#include "results/query/query_table.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

struct QueryOptions {
  DatabaseOption db;
  std::string query;
  std::string format = "table";
};

std::string names_of_queries() {
  std::string text = "Named queries:\n";
  for (const NamedQuery& query : named_queries()) {
    text += fmt::format("  {:<14} {}\n", query.name, query.description);
  }
  return text;
}

void query(const QueryOptions& options, const std::stop_token& stop) {
  const TableFormat format = table_format(options.format);
  Database database(options.db.path);
  const Table table =
      query_table(database, sql_of(options.query), {}, {.stop = [&] { return stop.stop_requested(); }});
  fmt::print("{}", format_table(table, format));
}

}  // namespace

void add_query_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<QueryOptions>();
  CLI::App* command = app.add_subcommand("query", "Ask the database: read-only SQL or a named query");
  command->add_option("query", options->query, "SQL, or the name of a query below")
      ->required()
      ->type_name("SQL|NAME");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->footer(names_of_queries() +
                  "Tables and the view run_summary are described in results/store/migrations/.");
  command->callback([options, &session] { query(*options, session.stop); });
}

}  // namespace rnnbench
