#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "results/query/database.hpp"
#include "results/query/run_list.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

struct ListOptions {
  DatabaseOption db;
  RunFilter filter;
  std::string format = "table";
};

void list(const ListOptions& options) {
  const TableFormat format = table_format(options.format);
  Database database(options.db.path);
  fmt::print("{}", format_table(list_runs(database, options.filter), format));
}

}  // namespace

void add_list_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand("list", "List runs, the newest last");
  command->add_option("--experiment", options->filter.experiment, "Only runs of this experiment")
      ->type_name("NAME");
  command->add_option("--status", options->filter.status, "Only runs with this status")->type_name("STATUS");
  command->add_option("--engine", options->filter.engine, "Only runs of this engine")->type_name("NAME");
  command->add_option("--cell", options->filter.cell, "Only runs of these cells, e.g. lstm")
      ->type_name("NAME");
  command->add_option("--device", options->filter.device, "Only runs on this device")->type_name("NAME");
  command->add_option("--trial", options->filter.trial, "Only runs of the trial whose key begins so")
      ->type_name("KEY");
  command->add_option("--newest", options->filter.newest, "Only so many, the newest")->type_name("N");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->callback([options] { list(*options); });
}

}  // namespace rnnbench
