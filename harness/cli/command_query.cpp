#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <map>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/database.hpp"
#include "results/query/named_queries.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

struct QueryOptions {
  DatabaseOption db;
  std::string query;
  std::vector<std::string> parameters;
  std::filesystem::path folder;
  std::string format = "table";
};

std::string names_of_queries() {
  std::string text = "Named queries:\n";
  for (const NamedQuery& query : named_queries()) {
    text += fmt::format("  {:<14} {}\n", query.name, query.description);
  }
  return text;
}

/// A number where the text is one.
TableCell value_of(const std::string& text) {
  std::int64_t whole = 0;
  double number = 0;
  const char* end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc() && read.ptr == end)
    return whole;
  if (const auto read = std::from_chars(text.data(), end, number);
      read.ec == std::errc() && read.ptr == end) {
    return number;
  }
  return text;
}

std::map<std::string, TableCell> named_values(const std::vector<std::string>& parameters,
                                              const NamedQuery& query) {
  std::map<std::string, TableCell> values;
  for (const std::string& text : parameters) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw ConfigError(fmt::format("--param '{}': write NAME=VALUE", text));
    }
    const std::string name = text.substr(0, equals);
    TableCell value = value_of(text.substr(equals + 1));
    if (std::holds_alternative<std::string>(value) && wants_number(query, name)) {
      throw ConfigError(fmt::format("--param '{}': {} wants a number there, e.g. {}=60",
                                    cut_to_width(visible_text(text), 80), query.name, name));
    }
    values[name] = std::move(value);
  }
  return values;
}

std::filesystem::path folder_of(const QueryOptions& options) {
  std::filesystem::path folder = options.folder;
  if (folder.empty()) {
    const char* variable = std::getenv("RNNBENCH_QUERIES");
    if (variable == nullptr || *variable == '\0') return options.db.path.parent_path() / "queries";
    folder = variable;
  }
  if (!std::filesystem::is_directory(folder)) {
    throw EnvironmentError(
        fmt::format("{} is no folder; give one with NAME.sql files by --queries", folder.string()));
  }
  return folder;
}

void query(const QueryOptions& options, const std::stop_token& stop) {
  const TableFormat format = table_format(options.format);
  const std::vector<NamedQuery> queries = named_queries(folder_of(options));
  if (options.query.empty()) {
    fmt::print("{}", format_table(named_query_list(queries), format));
    return;
  }
  const NamedQuery named = find_query(queries, options.query);
  QueryLimits limits;
  limits.stop = [&] { return stop.stop_requested(); };
  limits.named = named_values(options.parameters, named);
  limits.place = named.place;
  Database database(options.db.path);
  write_query(
      database, named.sql, {}, format, [](std::string_view text) { fmt::print("{}", text); }, limits);
}

}  // namespace

void add_query_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<QueryOptions>();
  CLI::App* command = app.add_subcommand("query", "Ask the database: read-only SQL or a named query");
  command->add_option("query", options->query, "SQL, or the name of a query [lists the named ones]")
      ->type_name("SQL|NAME");
  command->add_option("--param", options->parameters, "A value for :NAME in the query; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--queries", options->folder,
                   "Folder of your own NAME.sql [else $RNNBENCH_QUERIES, then `queries` beside the database]")
      ->type_name("FOLDER");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->footer(names_of_queries() + "Views and their columns: docs/queries.md.");
  command->callback([options, &session] { query(*options, session.stop); });
}

}  // namespace rnnbench
