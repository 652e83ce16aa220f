#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "harness/cli/commands.hpp"
#include "harness/cli/experiment_output.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/progress_printer.hpp"
#include "harness/core/error.hpp"
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

/// Runs all experiments and gives how many runs failed.
int run(const RunOptions& options, const std::stop_token& stop) {
  std::vector<Matrix> matrices;
  for (const auto& config : options.matrix.configs) {
    matrices.push_back(build_matrix(config, options.matrix, stop));
  }
  Store store(options.db.path);
  if (const int stale = store.recover_stale_runs(); stale > 0) {
    fmt::print(stderr, "{} runs of a process that is gone are marked interrupted\n", stale);
  }
  const RunServices services = real_services(options.db.path, options.matrix.data, stop);
  ProgressPrinter progress(stderr_is_terminal());

  int failed = 0;
  for (const Matrix& matrix : matrices) {
    const MatrixOutcome outcome = run_matrix(matrix, options.rerun, services, store, progress);
    failed += outcome.failed;
    const bool nothing_new = outcome.finished + outcome.failed == 0;
    const ExperimentOutput output(options.db.path, matrix.experiment.name);
    if (!nothing_new || !output.exists()) output.write();
    fmt::print("{}: {}\n{}", matrix.experiment.name, in_words(outcome), output.summary());
  }
  return failed;
}

}  // namespace

void add_run_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Run what is not finished yet, then plot and report");
  options->matrix.add_to(*command);
  options->db.add_to(*command);
  command->add_flag("--rerun", options->rerun, "Run finished ones again too");
  command->callback([options, &session] {
    const int failed = run(*options, session.stop);
    session.exit_code = static_cast<int>(failed > 0 ? ExitCode::kSomeRunsFailed : ExitCode::kDone);
  });
}

}  // namespace rnnbench
