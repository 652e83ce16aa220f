#include "harness/cli/options.hpp"

#include <CLI/CLI.hpp>

#include "harness/config/quantities.hpp"

namespace rnnbench {

void DatabaseOption::add_to(CLI::App& command) {
  command.add_option("--db", path, "Results database")
      ->capture_default_str()
      ->type_name("FILE")
      ->each([this](const std::string& given) {  // its files lie beside what a link names
        std::error_code unreadable;
        if (std::filesystem::is_symlink(given, unreadable))
          path = std::filesystem::canonical(given, unreadable);
      });
}

void DataOption::add_to(CLI::App& command) {
  command
      .add_option("--data", path,
                  "The IMDb reviews: archive, aclImdb folder, CSV, or a folder that holds one of them "
                  "[else $RNNBENCH_DATA, then the user's cache folder]")
      ->type_name("PATH");
}

void VectorsOption::add_to(CLI::App& command) {
  command
      .add_option(
          "--vectors", path,
          "Word vectors of models with embedding.vectors: a file, for whatever name they give; or the "
          "folder that holds them [else $RNNBENCH_VECTORS]")
      ->type_name("FILE|FOLDER");
}

void TimeOption::add_to(CLI::App& command) {
  command
      .add_option("--for", text,
                  "Begin only runs that end within this time by the estimate, e.g. 90s, 30m or 1h30m; "
                  "the same command goes on with what is left")
      ->type_name("DURATION");
}

std::optional<double> TimeOption::seconds() const {
  return text ? std::optional(parse_duration(*text, "--for")) : std::nullopt;
}

void MatrixOptions::add_to(CLI::App& command) {
  command.add_option("config", configs, "Experiment files, e.g. experiments/quick.toml")
      ->required()
      ->type_name("CONFIG");
  command.add_option("--set", overrides, "Change a setting, e.g. --set training.epochs=2; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--seeds", seeds,
                  "Seeds instead of the file's, e.g. 1..5 or 1,2,7, or the name of one of its seed_sets")
      ->type_name("LIST|NAME");
  data.add_to(command);
  vectors.add_to(command);
}

void MatrixOptions::add_labels_to(CLI::App& command) {
  command.add_option("--tag", tags, "A word to find its runs by; may be repeated")
      ->type_name("WORD")
      ->allow_extra_args(false);
  command.add_option("--note", note, "A note on it, instead of the file's")->type_name("TEXT");
}

void MatrixOptions::add_shard_to(CLI::App& command) {
  command
      .add_option("--shard", shard,
                  "Only a part of the runs, e.g. 3/8 the third of eight; each part into a database of its "
                  "own, which `rnnbench merge` puts together")
      ->type_name("K/N");
  command.add_option("--runs", runs)->group("");
}

}  // namespace rnnbench
