#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>

#include "harness/cli/commands.hpp"
#include "harness/cli/experiment_output.hpp"
#include "harness/cli/json_progress.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/network_note.hpp"
#include "harness/cli/past.hpp"
#include "harness/cli/processor_share.hpp"
#include "harness/cli/progress_board.hpp"
#include "harness/cli/progress_text.hpp"
#include "harness/cli/worker_command.hpp"
#include "harness/config/quantities.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/runner/budget.hpp"
#include "harness/workers/worker_pool.hpp"
#include "results/query/plain_text.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

struct RunOptions {
  MatrixOptions matrix;
  DatabaseOption db;
  TimeOption time;
  bool rerun = false;
  int workers = 1;
  bool pinned = true;
  int retries = 0;
  std::string time_limit;
  std::string memory_limit;
  bool json = false;
};

std::string in_words(const MatrixOutcome& outcome) {
  std::string text = fmt::format("{} finished, {} failed, {} skipped, {} were done already", outcome.finished,
                                 outcome.failed, outcome.skipped, outcome.already_finished);
  if (outcome.left > 0) {
    text += fmt::format("; {} left for want of time, which the same command goes on with", outcome.left);
  }
  return text;
}

/// The time that `--for` gives, from now on. Throws ConfigError where no run that is left fits.
std::shared_ptr<Budget> budget_of(const RunOptions& options, std::optional<double> seconds,
                                  const std::vector<Matrix>& matrices, const Past& past) {
  if (!seconds) return nullptr;
  require_room(matrices, options.rerun ? Past{{}, past.estimates, {}, {}} : past, *seconds,
               *options.time.text,
               [&](const auto& trial) { return obstacle_of(trial.spec, options.matrix.vectors).empty(); });
  const auto began = std::chrono::steady_clock::now();
  const auto clock = [began] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  return std::make_shared<Budget>(*seconds, clock, past.estimates, options.rerun ? EpochsDone() : past.done);
}

/// Says what is likely to make timings worse than they need be.
void warn_of_crowding(const RunOptions& options, const std::vector<Matrix>& matrices,
                      const std::vector<int>& processors) {
  const int cores = static_cast<int>(processors.size());
  if (options.workers > cores) {
    fmt::print(stderr, "warning: {} workers share {} cores: their timings disturb each other\n",
               options.workers, cores);
    return;
  }
  int threads = 1;
  for (const Matrix& matrix : matrices) {
    for (const PlannedTrial& trial : matrix.trials) threads = std::max(threads, trial.spec.training.threads);
  }
  if (options.workers > 1 && threads > cores / options.workers) {
    fmt::print(
        stderr,
        "warning: trials of {} threads on {} workers that have {} of {} cores each; give fewer workers or "
        "--set training.threads={}\n",
        threads, options.workers, cores / options.workers, cores, std::max(1, cores / options.workers));
  }
}

WorkerOptions worker_options(const RunOptions& options, const std::vector<int>& processors) {
  WorkerOptions workers;
  workers.workers = options.workers;
  workers.retries = options.retries;
  if (!options.time_limit.empty()) workers.seconds = parse_duration(options.time_limit, "--time-limit");
  if (!options.memory_limit.empty()) workers.bytes = parse_bytes(options.memory_limit, "--memory-limit");
  workers.command = [&options, processors](int index) {
    const bool pinned = options.pinned && options.workers > 1;
    return worker_command(options.db.path, options.matrix.data, options.matrix.vectors,
                          pinned ? processor_share(processors, options.workers, index) : std::vector<int>());
  };
  return workers;
}

void say_outcome(const RunOptions& options, const Matrix& matrix, const MatrixOutcome& outcome,
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

/// Whether any run was done, or would be with more time.
bool could_run(const MatrixOutcome& outcome) {
  return outcome.finished + outcome.failed + outcome.already_finished + outcome.left > 0;
}

/// On stderr, where the table of results isn't.
void say_skipped(const Matrix& matrix, const MatrixOutcome& outcome) {
  constexpr std::size_t kMost = 3;  // reasons
  std::size_t said = 0;
  for (const auto& [why, runs] : outcome.skipped_because) {
    if (said++ == kMost) {
      fmt::print(stderr, "{}: for {} reasons more, see `rnnbench query skipped`\n",
                 visible_text(matrix.experiment.name), outcome.skipped_because.size() - kMost);
      break;
    }
    fmt::print(stderr, "{}: {} of {} runs skipped: {}\n", visible_text(matrix.experiment.name), runs,
               matrix.trials.size() * matrix.seeds.size(), visible_text(why));
  }
  if (outcome.skipped > 0 && !could_run(outcome)) {
    fmt::print(stderr, "{}: nothing could be run\n", visible_text(matrix.experiment.name));
  }
}

/// Runs all experiments; a failed run or report doesn't stop the others.
ExitCode run(const RunOptions& options, const std::stop_token& stop) {
  const std::vector<int> processors = allowed_processors();
  WorkerOptions workers = worker_options(options, processors);
  const std::optional<double> seconds = options.time.seconds();
  std::vector<Matrix> matrices;
  for (const auto& config : options.matrix.configs) {
    matrices.push_back(build_matrix(config, options.matrix, stop));
  }
  warn_of_crowding(options, matrices, processors);
  warn_of_network(options.db.path);
  Store store(options.db.path);
  if (const int stale = store.recover_stale_runs(); stale > 0) {
    fmt::print(stderr, "{} runs of a process that is gone are marked interrupted\n", stale);
  }
  const Past past = past_of(options.db.path);
  for (Matrix& matrix : matrices) add_estimates(matrix, past);
  RunServices services = real_services(options.db.path, options.matrix.data, options.matrix.vectors, stop);
  services.budget = budget_of(options, seconds, matrices, past);
  make_folder(services.artifact_root / services.artifact_folder);
  for (const Matrix& matrix : matrices) ExperimentOutput(options.db.path, matrix.experiment.name).prepare();

  const int lanes = std::max(1, options.workers);
  ProgressBoard board(stderr_is_terminal(), lanes);
  JsonProgress events(lanes);
  workers.listener = [&](int index) -> ProgressListener& {
    return options.json ? events.lane(index) : board.lane(index);
  };

  int failed = 0;
  bool any_could_run = false;
  bool any_skipped = false;
  ExitCode exit_code = ExitCode::kDone;
  for (const Matrix& matrix : matrices) {
    const MatrixOutcome outcome =
        options.workers == 0 ? run_matrix(matrix, options.rerun, services, store, workers.listener(0))
                             : run_in_workers(matrix, options.rerun, workers, services, store);
    failed += outcome.failed;
    any_could_run = any_could_run || could_run(outcome);
    any_skipped = any_skipped || outcome.skipped > 0;
    const ExperimentOutput output(options.db.path, matrix.experiment.name);
    say_outcome(options, matrix, outcome, output);
    say_skipped(matrix, outcome);
    try {
      if (!output.is_current()) output.write();
      if (!options.json) fmt::print("{}", output.places());
    } catch (const EnvironmentError& error) {  // the results are safe; the other experiments go on
      fmt::print(stderr, "rnnbench: no report on {}: {}\n", matrix.experiment.name, error.what());
      exit_code = ExitCode::kEnvironment;
    }
  }
  if (failed > 0 || (any_skipped && !any_could_run)) return ExitCode::kSomeRunsFailed;
  return exit_code;
}

}  // namespace

void add_run_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Run what is not finished yet, then plot and report");
  options->matrix.add_to(*command);
  options->matrix.add_labels_to(*command);
  options->db.add_to(*command);
  options->time.add_to(*command);
  command->add_flag("--rerun", options->rerun, "Run finished ones again too");
  command
      ->add_option("--workers", options->workers,
                   "Runs at a time, each in a process of its own on its own cores; 0: one after the other in "
                   "this process, for debuggers")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str()
      ->type_name("N");
  command->add_flag("!--no-pinning", options->pinned, "Let all workers use all cores");
  command->add_option("--retries", options->retries, "Try a failed run so many times more")
      ->check(CLI::Range(0, 100))
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--time-limit", options->time_limit, "A run that takes longer fails, e.g. 90s, 30m, 2h")
      ->type_name("TIME");
  command
      ->add_option("--memory-limit", options->memory_limit,
                   "A run whose process takes more memory fails, e.g. 800MB, 4GB")
      ->type_name("SIZE");
  command->add_flag("--json", options->json, "Say what happens on stdout as JSON, an object a line");
  command->callback(
      [options, &session] { session.exit_code = static_cast<int>(run(*options, session.stop)); });
}

}  // namespace rnnbench
