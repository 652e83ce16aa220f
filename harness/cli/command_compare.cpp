#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/bench_history.hpp"
#include "results/query/comparison.hpp"

namespace rnnbench {
namespace {

constexpr const char* kCompareFooter =
    "Each is a run's number, the beginning of a trial's key (the group of its seeds), or conditions as in\n"
    "`list --where` with commas between. Groups take finished runs, of a trial and seed the newest, and show "
    "mean ±\n"
    "sample standard deviation (n). What is said first is each one's verdict against the first.\n\n"
    "  rnnbench compare cell=rnn,engine=eigen cell=lstm,engine=eigen\n"
    "  rnnbench compare 12 17 1559c362\n\n"
    "--history looks at past comparisons of `rnnbench bench` instead, of all models or of one: whether a\n"
    "training step began to take longer or shorter, and with which revision.\n\n"
    "  rnnbench compare --history m1";

struct CompareOptions {
  DatabaseOption db;
  std::vector<std::string> subjects;
  bool history = false;
  std::string format = "table";
};

void show_history(const CompareOptions& options, TableFormat format) {
  if (options.subjects.size() > 1) throw ConfigError("--history takes one model, or none for all");
  Database database(options.db.path);
  const auto model = options.subjects.empty() ? std::nullopt : std::optional(options.subjects.front());
  fmt::print("{}", bench_history_text(bench_history(database, model), format));
}

void compare(const CompareOptions& options) {
  const TableFormat format = table_format(options.format);
  if (options.history) return show_history(options, format);
  if (options.subjects.size() < 2) throw ConfigError("compare takes two or more runs, trials or filters");
  Database database(options.db.path);
  std::vector<Subject> subjects;
  for (const std::string& text : options.subjects) subjects.push_back(find_subject(database, text));
  fmt::print("{}", comparison_text(compare_subjects(database, subjects), format));
}

}  // namespace

void add_compare_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command = app.add_subcommand(
      "compare",
      "Judge runs or groups against each other: verdicts in words; settings that differ, metrics, timings");
  command->add_option("subjects", options->subjects, "Runs, trials or filters; with --history a model")
      ->type_name("RUN|TRIAL|FILTER");
  command->add_flag("--history", options->history,
                    "Steps in the times of past `rnnbench bench`, and the revision they began with");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->db.add_to(*command);
  command->footer(kCompareFooter);
  command->callback([options] { compare(*options); });
}

}  // namespace rnnbench
