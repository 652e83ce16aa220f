#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "results/query/plain_text.hpp"
#include "results/store/backup.hpp"
#include "results/store/merge_files.hpp"

namespace rnnbench {
namespace {

struct BackupOptions {
  DatabaseOption db;
  std::filesystem::path file;
};

void write_backup(const BackupOptions& options) {
  const std::int64_t bytes = back_up(options.db.path, options.file);
  fmt::print("{}: {:.1f} MB\n", visible_text(options.file.string()), static_cast<double>(bytes) / 1e6);
  const std::filesystem::path files = files_folder(options.db.path);
  if (std::filesystem::exists(files)) {
    fmt::print("Weights and vocabularies are in {}: copy that folder too.\n", visible_text(files.string()));
  }
}

}  // namespace

void add_backup_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<BackupOptions>();
  CLI::App* command =
      app.add_subcommand("backup", "Write a copy of the database, while others write to it too");
  command->add_option("file", options->file, "The copy; must not exist")->required()->type_name("FILE");
  options->db.add_to(*command);
  command->callback([options] { write_backup(*options); });
}

}  // namespace rnnbench
