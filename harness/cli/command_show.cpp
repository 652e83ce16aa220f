#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/cli/run_number.hpp"
#include "results/query/database.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {
namespace {

struct ShowOptions {
  DatabaseOption db;
  std::string run;
  std::string format = "table";
};

void show(const ShowOptions& options) {
  const TableFormat format = table_format(options.format);
  Database database(options.db.path);
  fmt::print("{}", show_run(database, run_number(options.run), format));
}

}  // namespace

void add_show_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = app.add_subcommand("show", "Everything about one run");
  command->add_option("run", options->run, "Number of the run, see `list`")->required()->type_name("RUN");
  command->add_option("--format", options->format, "table, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->callback([options] { show(*options); });
}

}  // namespace rnnbench
