#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/cli/run_number.hpp"
#include "results/query/database.hpp"
#include "results/query/environment_difference.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

struct DiffEnvOptions {
  DatabaseOption db;
  std::string one;
  std::string other;
  std::string format = "table";
};

void diff_env(const DiffEnvOptions& options) {
  const TableFormat format = table_format(options.format);
  const RunId one = run_number(options.one);
  const RunId other = run_number(options.other);
  Database database(options.db.path);
  const Table table = environment_difference(database, one, other);
  if (table.rows.empty() && format == TableFormat::kTable) {
    fmt::print("runs {} and {} ran in the same environment, with the same engine details\n", one, other);
  } else {
    fmt::print("{}", format_table(table, format));
  }
}

}  // namespace

void add_diff_env_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<DiffEnvOptions>();
  CLI::App* command = app.add_subcommand("diff-env", "What differs between where two runs ran");
  command->add_option("one", options->one, "Number of a run")->required()->type_name("RUN");
  command->add_option("other", options->other, "Number of another")->required()->type_name("RUN");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->callback([options] { diff_env(*options); });
}

}  // namespace rnnbench
