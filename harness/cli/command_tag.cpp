#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/cli/run_number.hpp"
#include "harness/config/experiment_labels.hpp"
#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/run_list.hpp"
#include "results/store/run_labels.hpp"

namespace rnnbench {
namespace {

struct TagOptions {
  DatabaseOption db;
  std::vector<std::string> runs;
  std::vector<std::string> where;
  LabelChanges changes;
};

struct NoteOptions {
  DatabaseOption db;
  std::string run;
  std::string note;
};

/// Those given by number, then those that the conditions find.
std::vector<RunId> runs_of(const TagOptions& options) {
  std::vector<RunId> runs = run_numbers(options.runs);
  if (options.where.empty()) return runs;
  Database database(options.db.path);
  const Table found = list_runs(database, {.where = options.where}, {.columns = {"run"}});
  for (const auto& row : found.rows) runs.push_back(std::get<std::int64_t>(row.at(0)));
  return runs;
}

void tag(const TagOptions& options) {
  const LabelChanges& changes = options.changes;
  if (changes.added.empty() && changes.removed.empty()) {
    throw ConfigError("which tag? Give --add TAG or --remove TAG");
  }
  for (const std::string& one : changes.added) {
    require_tag(one, "--add");
    if (std::find(changes.removed.begin(), changes.removed.end(), one) != changes.removed.end()) {
      throw ConfigError(fmt::format("'{}' is both added and removed; give it once", one));
    }
  }
  if (options.runs.empty() && options.where.empty()) {
    throw ConfigError("which runs? Give numbers from `rnnbench list`, or --where 'test_accuracy>0.85'");
  }
  const std::vector<RunId> runs = runs_of(options);
  if (runs.empty()) throw ConfigError("--where finds no run; nothing is tagged");
  const std::size_t changed = change_labels(options.db.path, runs, changes);
  fmt::print("{} of {} runs have other tags than before\n", changed, runs.size());
}

void note(const NoteOptions& options) {
  require_note(options.note, "note");
  const RunId run = run_number(options.run);
  const bool changed = change_labels(options.db.path, {run}, {{}, {}, options.note}) > 0;
  fmt::print("run {} {}\n", run,
             !changed               ? "had that note already"
             : options.note.empty() ? "has no note any more"
                                    : "has the note: " + visible_text(options.note));
}

}  // namespace

void add_tag_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<TagOptions>();
  CLI::App* command = app.add_subcommand("tag", "Add tags to runs that are recorded, or remove them");
  command->add_option("runs", options->runs, "Numbers of runs, see `list`")->type_name("RUN");
  command
      ->add_option("--where", options->where,
                   "Also all runs of which this holds, as in `list`; may be repeated, then all must hold")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command->add_option("--add", options->changes.added, "A word; may be repeated")
      ->type_name("TAG")
      ->allow_extra_args(false);
  command->add_option("--remove", options->changes.removed, "A word; may be repeated")
      ->type_name("TAG")
      ->allow_extra_args(false);
  options->db.add_to(*command);
  command->footer(
      "  rnnbench tag 12 13 --add best --remove draft\n"
      "  rnnbench tag --where 'test_accuracy>0.9' --add good\n"
      "  rnnbench list --tag best\n"
      "Tags of an experiment are in its file. Several changes at once are made for all the runs or none.");
  command->callback([options] { tag(*options); });
}

void add_note_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<NoteOptions>();
  CLI::App* command = app.add_subcommand("note", "Write a note to a run that is recorded");
  command->add_option("run", options->run, "Number of the run, see `list`")->required()->type_name("RUN");
  command->add_option("text", options->note, "Replaces the note that is there; \"\" removes it")
      ->required()
      ->type_name("TEXT");
  options->db.add_to(*command);
  command->callback([options] { note(*options); });
}

}  // namespace rnnbench
