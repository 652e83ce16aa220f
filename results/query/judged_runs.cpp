#include "results/query/judged_runs.hpp"

#include <fmt/format.h>

#include <limits>

#include "harness/core/median.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

double number_or_nan(const TableCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  return std::numeric_limits<double>::quiet_NaN();
}

constexpr const char* kRuns =
    "SELECT runs.id, seed, status, test_accuracy, settings, engine, device, name, "
    "coalesce(particulars ->> '$.bench.session', '') || '', "
    "coalesce(particulars ->> '$.bench.command', '') || '', coalesce(particulars ->> '$.bench.parity', '') "
    "|| "
    "'' "
    "FROM runs JOIN trials ON trials.id = trial_id JOIN experiments ON experiments.id = experiment_id "
    "WHERE runs.id IN (SELECT value FROM json_each(?)) ORDER BY runs.id";

constexpr const char* kMachines =
    "WITH chosen AS (SELECT value AS run FROM json_each(?)), "
    "places AS (SELECT id AS run, environment_id FROM runs WHERE id IN chosen "
    "UNION SELECT run_id, environment_id FROM resumes WHERE run_id IN chosen) "
    "SELECT run, coalesce(content ->> '$.processor.model' || ' of ' || (content ->> '$.system.host'), '') "
    "FROM places JOIN environments ON environments.id = places.environment_id";

constexpr const char* kSteps =
    "SELECT run_id, epoch, median_ns FROM timings WHERE run_id IN (SELECT value FROM json_each(?)) AND "
    "phase = 'step' AND clock = 'host' AND NOT warmup";

constexpr const char* kControls =
    "SELECT run_id, median(median_ns) FROM timings WHERE run_id IN (SELECT value FROM json_each(?)) AND "
    "phase = 'control' AND clock = 'host' AND NOT warmup GROUP BY run_id";

}  // namespace

std::vector<JudgedRun> load_judged_runs(Database& database, const std::vector<std::int64_t>& runs) {
  const std::vector<TableCell> numbers = {fmt::format("[{}]", fmt::join(runs, ","))};
  std::map<std::int64_t, JudgedRun> by_number;
  for (const auto& row : query_table(database, kRuns, numbers).rows) {
    const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
    JudgedRun run;
    run.run = std::get<std::int64_t>(row[0]);
    run.control_ns = std::numeric_limits<double>::quiet_NaN();
    run.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(row[1]));
    run.status = text(2);
    run.accuracy = number_or_nan(row[3]);
    run.settings = text(4), run.engine = text(5), run.device = text(6), run.experiment = text(7);
    run.session = text(8), run.bench_command = text(9), run.parity_command = text(10);
    by_number.emplace(run.run, std::move(run));
  }
  for (const auto& row : query_table(database, kMachines, numbers).rows) {
    const auto run = by_number.find(std::get<std::int64_t>(row[0]));
    if (run != by_number.end()) run->second.machines.insert(std::get<std::string>(row[1]));
  }
  for (const auto& row : query_table(database, kSteps, numbers).rows) {
    const auto run = by_number.find(std::get<std::int64_t>(row[0]));
    if (run == by_number.end()) continue;  // began to be read before it was recorded
    run->second.step_medians.emplace(static_cast<int>(std::get<std::int64_t>(row[1])), number_or_nan(row[2]));
  }
  for (const auto& row : query_table(database, kControls, numbers).rows) {
    const auto run = by_number.find(std::get<std::int64_t>(row[0]));
    if (run != by_number.end()) run->second.control_ns = number_or_nan(row[1]);
  }
  for (auto& [number, problems] : clock_problems(database, runs, {"step", "control"})) {
    const auto run = by_number.find(number);
    if (run == by_number.end()) continue;
    if (problems.contains("control")) run->second.control_ns = std::numeric_limits<double>::quiet_NaN();
    run->second.clock_problems = std::move(problems);
  }
  std::vector<JudgedRun> judged;
  for (auto& [number, run] : by_number) judged.push_back(std::move(run));
  return judged;
}

double median_step(const JudgedRun& run) {
  std::vector<double> medians;
  for (const auto& [epoch, median] : run.step_medians) medians.push_back(median);
  return median_of(medians);
}

}  // namespace rnnbench
