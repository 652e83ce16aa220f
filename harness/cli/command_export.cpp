#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>

#include "harness/cli/chosen_runs.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/mlflow_exchange.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/exchange/bundle_export.hpp"
#include "results/exchange/csv_export.hpp"
#include "results/exchange/jsonl_export.hpp"
#include "results/exchange/tensorboard_export.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

using Runs = std::vector<RunId>;

/// A format that runs are written in: the option that asks for it says where to.
struct ExportFormat {
  const char* option;
  const char* where;  ///< what the option takes
  const char* help;
  void (*write)(Database& database, const Runs& runs, const std::string& where, Session& session);
  const char* when_interrupted = "the export is not complete; the same command begins anew";
};

void say(const std::string& where, const TablesReport& report) {
  fmt::print("{}: {} runs, {} rows of {} tables\n", visible_text(where), report.runs, report.rows,
             report.tables);
}

void say(const std::string& where, const TensorboardReport& report) {
  fmt::print("{}: {} runs in {} files{}\n", visible_text(where), report.runs, report.files,
             report.skipped > 0 ? fmt::format("; {} skipped ones left out", report.skipped) : "");
}

constexpr std::array kExportFormats = {
    ExportFormat{"--csv", "FOLDER", "All that is recorded of them, a CSV file a table in a new folder",
                 [](Database& database, const Runs& runs, const std::string& where, Session& session) {
                   say(where, export_csv(database, runs, where, session.stop));
                 }},
    ExportFormat{"--jsonl", "FILE", "The same as one new file of JSON Lines",
                 [](Database& database, const Runs& runs, const std::string& where, Session& session) {
                   say(where, export_jsonl(database, runs, where, session.stop));
                 }},
    ExportFormat{"--tensorboard", "FOLDER", "Metrics, durations and settings for TensorBoard, a folder a run",
                 [](Database& database, const Runs& runs, const std::string& where, Session& session) {
                   say(where, export_tensorboard(database, runs, where, session.stop));
                 }},
    ExportFormat{"--bundle", "FILE",
                 "Finished runs as one new file, for `rnnbench rerun FILE` on another machine",
                 [](Database& database, const Runs& runs, const std::string& where, Session& session) {
                   const auto bytes = static_cast<double>(export_bundle(database, runs, where, session.stop));
                   fmt::print("{}: {} runs, {:.1f} kB; `rnnbench rerun {}` repeats them\n",
                              visible_text(where), runs.size(), bytes / 1e3, visible_text(where));
                 }},
    ExportFormat{"--mlflow", "URL", "Send them to an MLflow server; again sends what is missing there",
                 export_to_mlflow, "what was sent is there, and the same command sends the rest"},
};

struct ExportOptions {
  DatabaseOption db;
  ChosenRunsOption chosen;
  std::array<std::string, kExportFormats.size()> where;  ///< by format; "": it is not asked for
};

/// The place in the table of formats of the one that is asked for.
std::size_t format_asked_for(const ExportOptions& options) {
  std::vector<std::size_t> asked;
  std::string all;
  for (std::size_t i = 0; i < kExportFormats.size(); ++i) {
    if (!options.where[i].empty()) asked.push_back(i);
    all += fmt::format("{}{} {}", i == 0 ? "" : ", ", kExportFormats[i].option, kExportFormats[i].where);
  }
  if (asked.size() != 1) throw ConfigError(fmt::format("in which format? Give one of {}", all));
  return asked.front();
}

void export_runs(const ExportOptions& options, Session& session) {
  const std::size_t format = format_asked_for(options);
  session.when_interrupted = kExportFormats[format].when_interrupted;
  Database database(options.db.path);
  kExportFormats[format].write(database, options.chosen.runs(database), options.where[format], session);
}

}  // namespace

void add_export_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand("export", "Write runs for other programs, all or some of them");
  for (std::size_t i = 0; i < kExportFormats.size(); ++i) {
    command->add_option(kExportFormats[i].option, options->where[i], kExportFormats[i].help)
        ->type_name(kExportFormats[i].where);
  }
  options->chosen.add_to(*command);
  options->db.add_to(*command);
  command->footer(
      "  rnnbench export --csv tables\n"
      "  rnnbench export --jsonl best.jsonl --where 'test_accuracy>0.85'\n"
      "  rnnbench export --mlflow http://127.0.0.1:5000 --experiment quick\n"
      "docs/exchange.md says what each format keeps; `rnnbench import` reads them.");
  command->callback([options, &session] { export_runs(*options, session); });
}

}  // namespace rnnbench
