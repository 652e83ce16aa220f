#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "harness/cli/cluster_runs.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/past.hpp"
#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/runner/budget.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

struct PlanOptions {
  MatrixOptions matrix;
  DatabaseOption db;
  TimeOption time;
  std::string on = "local";
};

/// Runs of one trial.
struct TrialPlan {
  std::size_t finished = 0;
  std::size_t left = 0;
  std::size_t skipped = 0;
  std::size_t in_time = 0;  ///< of those left, that `--for` lets begin
  std::string obstacle;
  std::optional<RunEstimate> estimate;  ///< of a whole run
  double runs_left = 0;                 ///< as `left`, those that go on counted by the share that is left
};

/// `--for`, gone through without running: a run takes what is estimated, one without an estimate no time.
class TimeAhead {
 public:
  TimeAhead(const TimeAhead&) = delete;
  TimeAhead& operator=(const TimeAhead&) = delete;
  TimeAhead(double seconds, const Past& past)
      : budget_(
            seconds, [this] { return now_; }, past.estimates, past.done) {}

  bool begins(const PlannedTrial& trial, std::uint64_t seed) {
    if (!budget_.allows(trial, seed)) return false;
    if (const auto estimate = budget_.estimate(trial, seed)) now_ += estimate->seconds;
    return true;
  }

 private:
  double now_ = 0;
  Budget budget_;
};

std::vector<TrialPlan> plans_of(const Matrix& matrix, const VectorsOption& vectors, const Past& past) {
  std::vector<TrialPlan> plans(matrix.trials.size());
  for (std::size_t i = 0; i < plans.size(); ++i)
    plans[i].obstacle = obstacle_of(matrix.trials[i].spec, vectors);
  for (const auto& [index, seed] : matrix.runs()) {
    TrialPlan& plan = plans[index];
    const PlannedTrial& trial = matrix.trials[index];
    if (past.finished.contains({trial.record.key, seed})) {
      ++plan.finished;
    } else if (plan.obstacle.empty()) {
      ++plan.left;
      plan.runs_left += share_left(trial, seed, past.done);
    } else {
      ++plan.skipped;
    }
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (plans[i].left > 0) plans[i].estimate = past.estimate(matrix.trials[i]);
  }
  return plans;
}

/// Counts what fits, in the order in which it would run.
void fill_in_time(std::vector<TrialPlan>& plans, const Matrix& matrix, const Past& past, TimeAhead& time) {
  for (const auto& [index, seed] : matrix.runs()) {
    const PlannedTrial& trial = matrix.trials[index];
    if (!plans[index].obstacle.empty() || past.finished.contains({trial.record.key, seed})) continue;
    plans[index].in_time += time.begins(trial, seed) ? 1 : 0;
  }
}

Table table_of(const std::vector<TrialPlan>& plans, const Matrix& matrix, bool with_time) {
  Table table{{"", "trial", "finished", "to run", "time", "estimated by", "skipped because"}, {}};
  if (with_time) table.columns.insert(table.columns.begin() + 4, "in time");
  table.rows.reserve(plans.size());
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const TrialPlan& plan = plans[i];
    auto& row = table.rows.emplace_back();
    row = {static_cast<std::int64_t>(i + 1), matrix.trials[i].label, static_cast<std::int64_t>(plan.finished),
           static_cast<std::int64_t>(plan.left)};
    if (with_time) row.emplace_back(static_cast<std::int64_t>(plan.in_time));
    row.emplace_back(plan.estimate ? human_duration(plan.estimate->seconds * plan.runs_left) : "");
    row.emplace_back(plan.estimate ? plan.estimate->basis : "");
    row.emplace_back(plan.skipped > 0 ? plan.obstacle : "");
  }
  return table;
}

/// Counts over the runs of a plan.
struct Totals {
  std::size_t finished = 0;
  std::size_t skipped = 0;
  std::size_t left = 0;
  std::size_t estimated = 0;  ///< of those left
  std::size_t in_time = 0;
  double seconds = 0;
};

Totals totals_of(const std::vector<TrialPlan>& plans) {
  Totals totals;
  for (const TrialPlan& plan : plans) {
    totals.finished += plan.finished;
    totals.left += plan.left;
    totals.skipped += plan.skipped;
    totals.in_time += plan.in_time;
    if (!plan.estimate) continue;
    totals.estimated += plan.left;
    totals.seconds += plan.estimate->seconds * plan.runs_left;
  }
  return totals;
}

std::string sentence(const Matrix& matrix, const Totals& totals, const Past& past, const TimeOption& time) {
  std::string text = fmt::format("{}: {} of {} runs are finished, {} to run, {} skipped",
                                 matrix.experiment.name, totals.finished,
                                 totals.finished + totals.left + totals.skipped, totals.left, totals.skipped);
  if (totals.estimated > 0) {
    text += fmt::format("; about {} for {} of them, by earlier runs", human_duration(totals.seconds),
                        totals.estimated);
    if (past.error) {
      text += fmt::format(" (such estimates were off by {:.0f} % at the median of {} runs)",
                          100 * past.error->median, past.error->runs);
    }
  }
  if (time.text) {
    text += fmt::format("; --for {} lets {} of them begin and leaves {}", *time.text, totals.in_time,
                        totals.left - totals.in_time);
  }
  return text + "\n";
}

void plan(const PlanOptions& options, const std::stop_token& stop) {
  const std::optional<double> seconds = options.time.seconds();
  const VectorsOption& vectors = options.matrix.vectors;
  std::vector<Matrix> matrices;
  for (const auto& config : options.matrix.configs) {
    matrices.push_back(build_matrix(config, options.matrix, stop));
  }
  const Past past = past_of(options.db.path);
  std::optional<TimeAhead> time;
  if (seconds) {
    require_room(matrices, past, *seconds, *options.time.text,
                 [&](const auto& trial) { return obstacle_of(trial.spec, vectors).empty(); });
    time.emplace(*seconds, past);
  }
  if (options.on == "slurm") {
    RunningOptions running;
    running.matrix = options.matrix;
    running.db = options.db;
    running.time = options.time;
    refuse_options_of_runs_here(running);
    for (std::size_t i = 0; i < matrices.size(); ++i)
      fmt::print("{}", planned_script(running, options.matrix.configs[i], matrices[i]));
    return;
  }
  for (const Matrix& matrix : matrices) {
    std::vector<TrialPlan> plans = plans_of(matrix, vectors, past);
    if (time) fill_in_time(plans, matrix, past, *time);
    fmt::print("{}{}", format_table(table_of(plans, matrix, time.has_value()), TableFormat::kTable),
               sentence(matrix, totals_of(plans), past, options.time));
  }
}

}  // namespace

void add_plan_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<PlanOptions>();
  CLI::App* command =
      app.add_subcommand("plan", "Show the trials: done, to run and how long, skipped and why");
  options->matrix.add_to(*command);
  options->matrix.add_shard_to(*command);
  options->db.add_to(*command);
  options->time.add_to(*command);
  command->add_option("--on", options->on, "slurm: show the script that sbatch would get instead")
      ->check(CLI::IsMember({"local", "slurm"}))
      ->capture_default_str();
  command->callback([options, &session] { plan(*options, session.stop); });
}

}  // namespace rnnbench
