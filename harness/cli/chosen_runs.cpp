#include "harness/cli/chosen_runs.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

#include "harness/cli/run_number.hpp"
#include "harness/core/error.hpp"
#include "results/query/run_list.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {

void ChosenRunsOption::add_to(CLI::App& command) {
  command.add_option("--run", numbers, "Only these runs, by their numbers; may be repeated")
      ->type_name("RUN,…")
      ->delimiter(',')
      ->allow_extra_args(false);
  filter.add_to(command);
}

std::vector<RunId> ChosenRunsOption::runs(Database& database) const {
  const std::vector<RunId> given = run_numbers(numbers);
  for (const RunId run : given) require_run(database, run);
  const std::set<RunId> asked(given.begin(), given.end());
  std::vector<RunId> runs;
  for (const auto& row : list_runs(database, filter.filter, {.columns = {"run"}}).rows) {
    const RunId run = std::get<std::int64_t>(row.at(0));
    if (asked.empty() || asked.contains(run)) runs.push_back(run);
  }
  if (runs.empty() && count_runs(database, {}) > 0) {
    throw ConfigError("no run is chosen; `rnnbench list` with the same conditions shows what there is");
  }
  return runs;
}

}  // namespace rnnbench
