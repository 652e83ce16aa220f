#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/table_format.hpp"
#include "results/store/garbage.hpp"

namespace rnnbench {
namespace {

struct GcOptions {
  DatabaseOption db;
  bool is_dry = false;
};

void collect(const GcOptions& options) {
  const GarbageReport report =
      collect_garbage(options.db.path, options.is_dry ? Removal::kDry : Removal::kReal);
  Table table{{options.is_dry ? "would be removed" : "removed", "count", "bytes"}, {}};
  for (const Garbage& garbage : report.removed) {
    table.rows.push_back({garbage.what, garbage.count, garbage.bytes});
  }
  fmt::print("{}", format_table(table, TableFormat::kTable));
  for (const std::string& file : report.files) fmt::print("{}\n", visible_text(file));
  if (!report.files_kept_because.empty()) {
    fmt::print("Files were left alone: {}.\n", visible_text(report.files_kept_because));
  }
}

}  // namespace

void add_gc_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<GcOptions>();
  CLI::App* command = app.add_subcommand("gc", "Remove files and rows that nothing needs");
  command->add_flag("--dry-run", options->is_dry, "Only say what would be removed");
  options->db.add_to(*command);
  command->footer(
      "No file is removed while a run is not over, nor one that is younger than an hour or that another "
      "database\n"
      "in the folder names. The database file keeps its size; `rnnbench backup` writes a compact copy.");
  command->callback([options] { collect(*options); });
}

}  // namespace rnnbench
