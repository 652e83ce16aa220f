#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/experiment_output.hpp"
#include "harness/cli/options.hpp"
#include "results/query/database.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

struct ReportOptions {
  DatabaseOption db;
  std::vector<std::string> experiments;
};

std::vector<std::string> all_experiments(Database& database) {
  std::vector<std::string> names;
  for (const auto& row : query_table(database, "SELECT DISTINCT name FROM experiments ORDER BY name").rows) {
    names.push_back(std::get<std::string>(row.at(0)));
  }
  return names;
}

void report(const ReportOptions& options) {
  Database database(options.db.path);
  const std::vector<std::string> names =
      options.experiments.empty() ? all_experiments(database) : options.experiments;
  for (const std::string& name : names) {
    const ExperimentOutput output(options.db.path, name);
    output.write();
    fmt::print("{}", output.places());
  }
}

}  // namespace

void add_report_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command =
      app.add_subcommand("report", "Write a Markdown report with its figures for each experiment");
  command->add_option("experiment", options->experiments, "Names of experiments [all]")->type_name("NAME");
  options->db.add_to(*command);
  command->callback([options] { report(*options); });
}

}  // namespace rnnbench
