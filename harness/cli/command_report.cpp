#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "harness/cli/commands.hpp"
#include "harness/cli/experiment_output.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/database.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/report/against.hpp"

namespace rnnbench {
namespace {

struct ReportOptions {
  DatabaseOption db;
  std::vector<std::string> experiments;
  std::filesystem::path against;
};

std::vector<std::string> all_experiments(Database& database) {
  std::vector<std::string> names;
  for (const auto& row : query_table(database, "SELECT DISTINCT name FROM experiments ORDER BY name").rows) {
    names.push_back(std::get<std::string>(row.at(0)));
  }
  return names;
}

/// On all engines that it ran on.
FigureData all_trials(Database& database, const std::string& name) {
  auto all = load_all_versions(database, name);
  return all ? std::move(*all) : load_figure_data(database, name);
}

/// Beside the report itself, what became of its trials since an older database; whether that has them.
bool report_against(Database& database, const std::string& name, const ReportOptions& options) {
  Database old(options.against);
  const std::vector<std::string> names = experiment_names(old);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    fmt::print(stderr, "{} has no experiment '{}'\n", visible_text(options.against.string()),
               visible_text(name));
    return false;
  }
  const auto page =
      write_difference(all_trials(database, name), all_trials(old, name), options.against.filename().string(),
                       report_folder(options.db.path, name));
  fmt::print("{}", visible_place("against", page));
  return true;
}

void report(const ReportOptions& options) {
  if (!options.against.empty() && !std::filesystem::exists(options.against))
    throw EnvironmentError(
        fmt::format("--against {}: there is no such file", visible_text(options.against.string())));
  Database database(options.db.path);
  const std::vector<std::string> names =
      options.experiments.empty() ? all_experiments(database) : options.experiments;
  bool is_compared = options.against.empty();
  for (const std::string& name : names) {
    const ExperimentOutput output(options.db.path, name);
    output.write();
    fmt::print("{}", output.places());
    if (!options.against.empty()) is_compared |= report_against(database, name, options);
  }
  if (!is_compared)
    throw ConfigError(
        fmt::format("--against {}: it has none of these experiments; `rnnbench query experiments "
                    "--db FILE` says which it has",
                    visible_text(options.against.string())));
}

}  // namespace

void add_report_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = app.add_subcommand(
      "report", "Write a report with its figures for each experiment, as Markdown and as one HTML file");
  command->add_option("experiment", options->experiments, "Names of experiments [all]")->type_name("NAME");
  command
      ->add_option("--against", options->against,
                   "Also what became of its trials since this older database, judged")
      ->type_name("FILE");
  options->db.add_to(*command);
  command->callback([options] { report(*options); });
}

}  // namespace rnnbench
