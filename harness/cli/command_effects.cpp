#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/database.hpp"
#include "results/query/effects.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

constexpr const char* kEffectsFooter =
    "Each level of an axis against its first one, over all trials that differ in nothing else; seeds are the "
    "replicates.\n"
    "points: of test accuracy; times: how many times as long training takes; low, high: 95 %; p: by Holm "
    "over the table.\n"
    "A line with × is an interaction: how much more the first does at the second's level than at its first "
    "one.\n\n"
    "  rnnbench effects imdb-matrix";

struct EffectsOptions {
  DatabaseOption db;
  std::string experiment;
  std::string format = "table";
};

void show(const EffectsOptions& options) {
  const TableFormat format = table_format(options.format);
  Database database(options.db.path);
  const std::vector<Effect> effects = effects_of(load_figure_data(database, options.experiment));
  if (effects.empty()) {
    throw ConfigError(fmt::format(
        "{}: no two of its trials that finished runs differ in one axis alone, so there is no effect to show",
        options.experiment));
  }
  fmt::print("{}", format_table(effects_table(effects), format));
}

}  // namespace

void add_effects_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<EffectsOptions>();
  CLI::App* command = app.add_subcommand(
      "effects", "What each axis of a matrix does to accuracy and training time, and interactions");
  command->add_option("experiment", options->experiment, "Its name")->required()->type_name("NAME");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->footer(kEffectsFooter);
  command->callback([options] { show(*options); });
}

}  // namespace rnnbench
