#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/network_note.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"
#include "results/store/merge.hpp"

namespace rnnbench {
namespace {

struct MergeOptions {
  DatabaseOption db;
  std::vector<std::filesystem::path> sources;
};

void print_report(const std::filesystem::path& source, const MergeReport& report) {
  fmt::print("{}: {} runs added, {} completed, {} known, {} conflicts\n", visible_text(source.string()),
             report.added, report.completed, report.known, report.conflicts.size());
  fmt::print("  new: {} experiments, {} trials, {} parity records, {} files\n", report.experiments,
             report.trials, report.parity_records, report.files);
  if (report.running > 0) {
    fmt::print(
        "  {} runs are not over and were left out: merge again when they are (`rnnbench check` tells dead "
        "ones)\n",
        report.running);
  }
  for (const std::string& conflict : report.conflicts) fmt::print("  conflict: {}\n", visible_text(conflict));
  for (const std::string& file : report.missing_files) {
    fmt::print("  missing file, or not the recorded one: {}\n", visible_text(file));
  }
}

void merge(const MergeOptions& options, Session& session) {
  warn_of_network(options.db.path);
  for (const auto& source : options.sources) {
    const MergeReport report = merge_database(source, options.db.path);
    print_report(source, report);
    if (!report.conflicts.empty()) session.exit_code = static_cast<int>(ExitCode::kSomeRunsFailed);
  }
}

}  // namespace

void add_merge_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<MergeOptions>();
  CLI::App* command = app.add_subcommand("merge", "Add the runs of other databases to this one");
  command->add_option("sources", options->sources, "Databases to add; they are only read")
      ->required()
      ->type_name("A.db B.db …");
  options->db.add_to(*command);
  command->footer(
      "Nothing is added twice. A run that both have with different content is a conflict: --db keeps its "
      "own,\n"
      "and the exit code is 1. Files of added runs are copied beside --db.");
  command->callback([options, &session] { merge(*options, session); });
}

}  // namespace rnnbench
