#include "harness/cli/filter_options.hpp"

#include <CLI/CLI.hpp>

namespace rnnbench {

void FilterOptions::add_to(CLI::App& command) {
  command
      .add_option("--where", filter.where,
                  "Only runs of which this holds, e.g. 'test_accuracy>0.85'; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command.add_option("--tag", filter.tags, "Only runs with this tag; may be repeated")
      ->type_name("TAG")
      ->allow_extra_args(false);
  command.add_option("--experiment", filter.experiment, "Only runs of this experiment")->type_name("NAME");
  command.add_option("--status", filter.status, "Only runs with this status")->type_name("STATUS");
  command.add_option("--engine", filter.engine, "Only runs of this engine")->type_name("NAME");
  command.add_option("--cell", filter.cell, "Only runs of these cells, e.g. lstm")->type_name("NAME");
  command.add_option("--device", filter.device, "Only runs on this device")->type_name("NAME");
  command.add_option("--trial", filter.trial, "Only runs of the trial whose key begins so")->type_name("KEY");
}

}  // namespace rnnbench
