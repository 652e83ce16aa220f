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
};

void show(const ShowOptions& options) {
  Database database(options.db.path);
  fmt::print("{}", show_run(database, run_number(options.run)));
}

}  // namespace

void add_show_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = app.add_subcommand("show", "Everything about one run");
  command->add_option("run", options->run, "Number of the run, see `list`")->required()->type_name("RUN");
  options->db.add_to(*command);
  command->callback([options] { show(*options); });
}

}  // namespace rnnbench
