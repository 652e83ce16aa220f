#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "harness/cli/commands.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/core/clock.hpp"
#include "results/query/database.hpp"
#include "results/query/finished_runs.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

struct PlanOptions {
  MatrixOptions matrix;
  DatabaseOption db;
};

/// What a database knows of a matrix; nothing where there is no database yet.
struct Past {
  std::set<RunKey> finished;
  std::map<std::string, double> seconds;  // of a run, by trial key
};

Past past_of(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return {};
  Database database(path);
  return {finished_runs(database), mean_run_seconds(database)};
}

/// Counts over the runs of a plan.
struct Totals {
  std::size_t finished = 0;
  std::size_t skipped = 0;
  std::size_t left = 0;
  std::size_t left_unknown = 0;  // of those, without an estimate
  double seconds = 0;
};

std::string estimate(const Past& past, const PlannedTrial& trial, std::size_t left, Totals& totals) {
  totals.left += left;
  if (left == 0) return "";
  const auto known = past.seconds.find(trial.record.key);
  if (known == past.seconds.end()) {
    totals.left_unknown += left;
    return "?";
  }
  totals.seconds += known->second * static_cast<double>(left);
  return human_duration(known->second * static_cast<double>(left));
}

std::string sentence(const Matrix& matrix, const Totals& totals) {
  std::string text =
      fmt::format("{}: {} of {} runs are finished, {} to run, {} skipped", matrix.experiment.name,
                  totals.finished, matrix.trials.size() * matrix.seeds.size(), totals.left, totals.skipped);
  if (totals.left > totals.left_unknown) {
    text += fmt::format("; about {} for {} of them, from earlier runs of the same trials",
                        human_duration(totals.seconds), totals.left - totals.left_unknown);
  }
  return text + "\n";
}

void plan(const Matrix& matrix, const VectorsOption& vectors, const Past& past) {
  Table table{{"", "trial", "finished", "to run", "time", "skipped because"}, {}};
  Totals totals;
  for (const PlannedTrial& trial : matrix.trials) {
    std::size_t finished = 0;
    for (const std::uint64_t seed : matrix.seeds) finished += past.finished.count({trial.record.key, seed});
    const std::string obstacle = obstacle_of(trial.spec, vectors);
    const std::size_t rest = matrix.seeds.size() - finished;
    const std::size_t left = obstacle.empty() ? rest : 0;
    totals.finished += finished;
    totals.skipped += rest - left;
    table.rows.push_back({static_cast<std::int64_t>(table.rows.size() + 1), trial.label,
                          static_cast<std::int64_t>(finished), static_cast<std::int64_t>(left),
                          estimate(past, trial, left, totals), rest > left ? obstacle : ""});
  }
  fmt::print("{}{}", format_table(table, TableFormat::kTable), sentence(matrix, totals));
}

}  // namespace

void add_plan_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<PlanOptions>();
  CLI::App* command = app.add_subcommand("plan", "Show the trials in order: done, to run, skipped and why");
  options->matrix.add_to(*command);
  options->db.add_to(*command);
  command->callback([options, &session] {
    const Past past = past_of(options->db.path);
    for (const auto& config : options->matrix.configs) {
      plan(build_matrix(config, options->matrix, session.stop), options->matrix.vectors, past);
    }
  });
}

}  // namespace rnnbench
