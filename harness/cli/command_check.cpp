#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/table_format.hpp"
#include "results/store/check.hpp"
#include "results/store/salvage.hpp"

namespace rnnbench {
namespace {

struct CheckOptions {
  DatabaseOption db;
  bool repair = false;
  std::optional<std::filesystem::path> output;
};

constexpr std::size_t kShown = 20;  // problems of one check

void print_report(const CheckReport& report) {
  Table table{{"check", "examined", "problems"}, {}};
  for (const CheckResult& result : report.results) {
    table.rows.push_back({result.name, result.examined, static_cast<std::int64_t>(result.problems.size())});
  }
  fmt::print("{}", format_table(table, TableFormat::kTable));
  for (const CheckResult& result : report.results) {
    if (result.problems.empty()) continue;
    fmt::print("\n{}: {}\n", result.name, result.remedy);
    for (std::size_t i = 0; i < std::min(kShown, result.problems.size()); ++i) {
      fmt::print("  {}: {}\n", visible_text(result.problems[i].place), visible_text(result.problems[i].what));
    }
    if (result.problems.size() > kShown) fmt::print("  and {} more\n", result.problems.size() - kShown);
  }
}

void save(const CheckOptions& options) {
  Table table{{"table", "rows saved", "unreadable", "without what they belong to"}, {}};
  for (const SalvagedTable& saved : salvage(options.db.path, *options.output)) {
    TableCell unreadable = saved.unreadable;
    if (saved.is_more) unreadable = fmt::format("{} or more", saved.unreadable);
    table.rows.push_back({saved.table, saved.saved, std::move(unreadable), saved.refused});
  }
  fmt::print("\nsaved in {}\n{}", visible_text(options.output->string()),
             format_table(table, TableFormat::kTable));
}

int exit_code_of(const CheckReport& report) {
  if (report.is_damaged) return static_cast<int>(ExitCode::kEnvironment);
  return report.is_sound() ? 0 : static_cast<int>(ExitCode::kSomeRunsFailed);
}

void check(const CheckOptions& options, Session& session) {
  if (options.output && !options.repair) throw ConfigError("--output goes with --repair");
  CheckReport report = check_database(options.db.path);
  print_report(report);
  if (options.repair && report.is_damaged) {
    if (!options.output) {
      throw StoreError(fmt::format(
          "{} is damaged and is not changed; name a new file for what can be read: --output NEW.db",
          options.db.path.string()));
    }
    save(options);
  } else if (options.repair && !report.is_sound()) {
    const Repairs repairs = repair_database(options.db.path);
    fmt::print("\nrepaired: {} runs marked interrupted, {} runs with copies of metrics made again\n",
               repairs.stale_runs, repairs.copies);
    report = check_database(options.db.path);
  }
  session.exit_code = exit_code_of(report);
}

}  // namespace

void add_check_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command =
      app.add_subcommand("check", "Is the database whole, and are the files of its runs there?");
  command->add_flag("--repair", options->repair,
                    "Mark runs of dead processes interrupted, make copies of metrics again");
  command
      ->add_option("--output", options->output,
                   "With --repair: a new database for what can be read of a damaged one")
      ->type_name("NEW.db");
  options->db.add_to(*command);
  command->footer("Exit codes: 0 no problem (left), 1 problems, 3 the database is damaged.");
  command->callback([options, &session] { check(*options, session); });
}

}  // namespace rnnbench
