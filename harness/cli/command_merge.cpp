#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/merge_lines.hpp"
#include "harness/cli/network_note.hpp"
#include "harness/cli/options.hpp"
#include "results/store/merge.hpp"

namespace rnnbench {
namespace {

struct MergeOptions {
  DatabaseOption db;
  std::vector<std::filesystem::path> sources;
};

void merge(const MergeOptions& options, Session& session) {
  warn_of_network(options.db.path);
  for (const auto& source : options.sources) {
    print_merge(source.string(), merge_database(source, options.db.path), session);
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
