#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "harness/cli/commands.hpp"
#include "harness/cli/experiment_output.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/progress_printer.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

struct RunOptions {
  MatrixOptions matrix;
  DatabaseOption db;
  bool rerun = false;
};

std::string in_words(const MatrixOutcome& outcome) {
  return fmt::format("{} finished, {} failed, {} skipped, {} were done already", outcome.finished,
                     outcome.failed, outcome.skipped, outcome.already_finished);
}

/// Runs all experiments; a failed run or report doesn't stop the others.
ExitCode run(const RunOptions& options, const std::stop_token& stop) {
  std::vector<Matrix> matrices;
  for (const auto& config : options.matrix.configs) {
    matrices.push_back(build_matrix(config, options.matrix, stop));
  }
  Store store(options.db.path);
  if (const int stale = store.recover_stale_runs(); stale > 0) {
    fmt::print(stderr, "{} runs of a process that is gone are marked interrupted\n", stale);
  }
  const RunServices services =
      real_services(options.db.path, options.matrix.data, options.matrix.vectors, stop);
  make_folder(services.artifact_root / services.artifact_folder);
  for (const Matrix& matrix : matrices) ExperimentOutput(options.db.path, matrix.experiment.name).prepare();
  ProgressPrinter progress(stderr_is_terminal());

  int failed = 0;
  ExitCode exit_code = ExitCode::kDone;
  for (const Matrix& matrix : matrices) {
    const MatrixOutcome outcome = run_matrix(matrix, options.rerun, services, store, progress);
    failed += outcome.failed;
    const ExperimentOutput output(options.db.path, matrix.experiment.name);
    fmt::print("{}: {}\n{}", matrix.experiment.name, in_words(outcome), output.summary());
    try {
      if (!output.is_current()) output.write();
    } catch (const EnvironmentError& error) {  // the results are safe; the other experiments go on
      fmt::print(stderr, "rnnbench: no report on {}: {}\n", matrix.experiment.name, error.what());
      exit_code = ExitCode::kEnvironment;
    }
  }
  return failed > 0 ? ExitCode::kSomeRunsFailed : exit_code;
}

}  // namespace

void add_run_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Run what is not finished yet, then plot and report");
  options->matrix.add_to(*command);
  options->db.add_to(*command);
  command->add_flag("--rerun", options->rerun, "Run finished ones again too");
  command->callback(
      [options, &session] { session.exit_code = static_cast<int>(run(*options, session.stop)); });
}

}  // namespace rnnbench
