#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>

#include "harness/cli/commands.hpp"
#include "harness/cli/filter_options.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/database.hpp"
#include "results/query/run_groups.hpp"
#include "results/query/run_list.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

/// Lines that `table` shows of a longer list.
constexpr int kLinesShown = 50;

constexpr const char* kListFooter =
    "NAME is a column of run_summary (docs/queries.md), a metric of the last epoch as loss:validation, or a\n"
    "setting by its path as experiment files write it: training.optimizer.learning_rate, "
    "model.layers.0.units.\n"
    "Operators: = != < <= > >= and ~ (contains). The value `none`: nothing is recorded.\n"
    "Groups take finished runs, of a trial and seed the newest.\n\n"
    "  rnnbench list --group-by trial,engine,cell --sort test_accuracy:desc --limit 1   the best trial\n"
    "  rnnbench list --where 'test_accuracy>0.85' --where training.epochs=4 --sort train_seconds\n"
    "  rnnbench list --group-by engine,cell --columns accuracy:test,train_seconds --format markdown";

struct ListOptions {
  DatabaseOption db;
  FilterOptions filter;
  std::string columns;
  std::string group_by;
  std::string sort;
  int newest = 0;
  std::optional<int> limit;
  std::string format = "table";
};

std::vector<std::string> names_of(const std::string& list, const char* option) {
  return list.empty() ? std::vector<std::string>{} : split_names(list, option);
}

/// What `table` leaves out is said on standard error, so that no reader of the lines takes them for all.
void say_what_is_left_out(std::size_t shown, std::int64_t all, const char* which) {
  if (static_cast<std::int64_t>(shown) >= all) return;
  fmt::print(stderr,
             "{} of {} {}; --limit 0 shows all, --where and --sort choose, --format csv is for programs\n",
             shown, all, which);
}

void list_groups(Database& database, const ListOptions& options, TableFormat format) {
  if (options.newest > 0) throw ConfigError("--newest chooses runs; with --group-by use --limit");
  RunGroupView view{names_of(options.group_by, "--group-by"), names_of(options.columns, "--columns"),
                    options.sort, options.limit.value_or(0)};
  Table table = group_runs(database, options.filter.filter, view);
  const std::size_t all = table.rows.size();
  if (format == TableFormat::kTable && !options.limit && all > kLinesShown) table.rows.resize(kLinesShown);
  fmt::print("{}", format_table(table, format));
  say_what_is_left_out(table.rows.size(), static_cast<std::int64_t>(all), "groups, the first ones");
}

void list(const ListOptions& options) {
  const TableFormat format = table_format(options.format);
  if (options.newest < 0) throw ConfigError("--newest must be at least 1");
  if (options.limit.value_or(0) < 0) throw ConfigError("--limit is a number of lines, or 0 for all");
  Database database(options.db.path);
  if (!options.group_by.empty()) return list_groups(database, options, format);
  const RunFilter& filter = options.filter.filter;
  RunListView view{names_of(options.columns, "--columns"), options.sort, options.newest,
                   options.limit.value_or(0)};
  if (format == TableFormat::kCsv || format == TableFormat::kJson) {
    const RunListQuery query = run_list_query(database, filter, view);
    const std::size_t runs = write_query(database, query.sql, query.parameters, format,
                                         [](std::string_view text) { fmt::print("{}", text); });
    if (runs == 0) refuse_unknown_values(database, filter);
  } else if (format == TableFormat::kTable && !options.limit && options.newest == 0) {
    view.limit = kLinesShown;
    const RunListPage page = list_page(database, filter, view);
    fmt::print("{}", format_table(page.table, format));
    say_what_is_left_out(page.table.rows.size(), page.all,
                         options.sort.empty() ? "runs, the newest" : "runs, the first ones");
  } else {
    fmt::print("{}", format_table(list_runs(database, filter, view), format));
  }
}

}  // namespace

void add_list_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand("list", "List runs, the newest last, or groups of them");
  options->filter.add_to(*command);
  command->add_option("--sort", options->sort, "Order, e.g. test_accuracy:desc,run")
      ->type_name("NAME[:desc],…");
  command->add_option("--columns", options->columns, "What to show, e.g. run,cell,loss:validation")
      ->type_name("NAME,…");
  command
      ->add_option("--group-by", options->group_by,
                   "A line a group: mean, standard deviation and n of --columns [test_accuracy, test_loss, "
                   "train_seconds]")
      ->type_name("NAME,…");
  command->add_option("--newest", options->newest, "Only so many, the newest")->type_name("N");
  command->add_option("--limit", options->limit, "At most so many lines, 0: all [table: 50, else all]")
      ->type_name("N");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->footer(kListFooter);
  command->callback([options] { list(*options); });
}

}  // namespace rnnbench
