#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/cluster_runs.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/experiment_output.hpp"
#include "harness/cli/json_progress.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/matrix_runs.hpp"
#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

void say_outcome(const RunningOptions& options, const Matrix& matrix, const MatrixOutcome& outcome,
                 const ExperimentOutput& output) {
  if (options.json) {
    JsonProgress::say("experiment_finished", {{"experiment", matrix.experiment.name},
                                              {"finished", outcome.finished},
                                              {"failed", outcome.failed},
                                              {"skipped", outcome.skipped},
                                              {"already_finished", outcome.already_finished},
                                              {"left", outcome.left}});
  } else {
    fmt::print("{}: {}\n{}", matrix.experiment.name, in_words(outcome), output.summary());
  }
}

/// Runs all experiments; a failed run or report doesn't stop the others.
ExitCode run(const RunningOptions& options, const std::stop_token& stop) {
  options.check();
  std::vector<Matrix> matrices;
  for (const auto& config : options.matrix.configs) {
    matrices.push_back(build_matrix(config, options.matrix, stop));
  }
  for (const Matrix& matrix : matrices) {
    if (options.reports) ExperimentOutput(options.db.path, matrix.experiment.name).prepare();
  }

  int failed = 0;
  bool any_could_run = false;
  bool any_skipped = false;
  ExitCode exit_code = ExitCode::kDone;
  const auto run_all = options.on == "slurm" ? run_matrices_on_slurm : run_matrices;
  run_all(options, matrices, stop, [&](const Matrix& matrix, const MatrixOutcome& outcome) {
    failed += outcome.failed;
    if (options.on != "local") failed += outcome.left;  // nothing here took their time
    any_could_run = any_could_run || could_run(outcome);
    any_skipped = any_skipped || outcome.skipped > 0;
    const ExperimentOutput output(options.db.path, matrix.experiment.name);
    say_outcome(options, matrix, outcome, output);
    say_skipped(matrix, outcome);
    if (!options.reports) return;
    try {
      if (!output.is_current()) output.write();
      if (!options.json) fmt::print("{}", output.places());
    } catch (const EnvironmentError& error) {  // the results are safe; the other experiments go on
      fmt::print(stderr, "rnnbench: no report on {}: {}\n", matrix.experiment.name, error.what());
      exit_code = ExitCode::kEnvironment;
    }
  });
  if (failed > 0 || (any_skipped && !any_could_run)) return ExitCode::kSomeRunsFailed;
  return exit_code;
}

}  // namespace

void add_run_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<RunningOptions>();
  CLI::App* command = app.add_subcommand("run", "Run what is not finished yet, then plot and report");
  options->matrix.add_to(*command);
  options->matrix.add_labels_to(*command);
  options->matrix.add_shard_to(*command);
  options->add_to(*command);
  command->add_flag("--rerun", options->rerun, "Run finished ones again too");
  command->add_flag("!--no-report", options->reports, "Neither figures nor report, e.g. of a shard");
  command
      ->add_option(
          "--on", options->on,
          "Where the runs are done: here, or by a cluster's Slurm, which it hands them to and waits for")
      ->check(CLI::IsMember({"local", "slurm"}))
      ->capture_default_str();
  command->add_flag("--sole-writer", options->is_sole_writer)->group("");
  command->add_flag("--json", options->json, "Say what happens on stdout as JSON, an object a line");
  command->callback(
      [options, &session] { session.exit_code = static_cast<int>(run(*options, session.stop)); });
}

}  // namespace rnnbench
