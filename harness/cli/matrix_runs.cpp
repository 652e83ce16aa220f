#include "harness/cli/matrix_runs.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>

#include "harness/cli/json_progress.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/network_note.hpp"
#include "harness/cli/past.hpp"
#include "harness/cli/processor_share.hpp"
#include "harness/cli/progress_board.hpp"
#include "harness/cli/progress_text.hpp"
#include "harness/cli/worker_command.hpp"
#include "harness/config/quantities.hpp"
#include "harness/core/files.hpp"
#include "harness/runner/budget.hpp"
#include "harness/workers/worker_pool.hpp"
#include "results/query/plain_text.hpp"
#include "results/store/store.hpp"

namespace rnnbench {

void RunningOptions::add_to(CLI::App& command) {
  db.add_to(command);
  time.add_to(command);
  command
      .add_option("--workers", workers,
                  "Runs at a time, each in a process of its own on its own cores; 0: one after the other in "
                  "this process, for debuggers")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str()
      ->type_name("N");
  command.add_flag("!--no-pinning", pinned, "Let all workers use all cores");
  command.add_option("--retries", retries, "Try a failed run so many times more")
      ->check(CLI::Range(0, 100))
      ->capture_default_str()
      ->type_name("N");
  command.add_option("--time-limit", time_limit, "A run that takes longer fails, e.g. 90s, 30m, 2h")
      ->type_name("TIME");
  command
      .add_option("--memory-limit", memory_limit,
                  "A run whose process takes more memory fails, e.g. 800MB, 4GB")
      ->type_name("SIZE");
}

void RunningOptions::check() const {
  static_cast<void>(time.seconds());
  if (!time_limit.empty()) static_cast<void>(parse_duration(time_limit, "--time-limit"));
  if (!memory_limit.empty()) static_cast<void>(parse_bytes(memory_limit, "--memory-limit"));
}

namespace {

/// The time that `--for` gives, from now on. Throws ConfigError where no run that is left fits.
std::shared_ptr<Budget> budget_of(const RunningOptions& options, std::optional<double> seconds,
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
void warn_of_crowding(const RunningOptions& options, const std::vector<Matrix>& matrices,
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

WorkerOptions worker_options(const RunningOptions& options, const std::vector<int>& processors) {
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

}  // namespace

std::string in_words(const MatrixOutcome& outcome) {
  std::string text = fmt::format("{} finished, {} failed, {} skipped, {} were done already", outcome.finished,
                                 outcome.failed, outcome.skipped, outcome.already_finished);
  if (outcome.left > 0) {
    text += fmt::format("; {} left, which the same command goes on with", outcome.left);
  }
  return text;
}

bool could_run(const MatrixOutcome& outcome) {
  return outcome.finished + outcome.failed + outcome.already_finished + outcome.left > 0;
}

void say_skipped(const Matrix& matrix, const MatrixOutcome& outcome) {
  if (outcome.skipped == 0) return;
  constexpr std::size_t kMost = 3;  // reasons
  const std::size_t all_runs = matrix.runs().size();
  std::size_t said = 0;
  for (const auto& [why, runs] : outcome.skipped_because) {
    if (said++ == kMost) {
      fmt::print(stderr, "{}: for {} reasons more, see `rnnbench query skipped`\n",
                 visible_text(matrix.experiment.name), outcome.skipped_because.size() - kMost);
      break;
    }
    fmt::print(stderr, "{}: {} of {} runs skipped: {}\n", visible_text(matrix.experiment.name), runs,
               all_runs, visible_text(why));
  }
  if (!could_run(outcome)) {
    fmt::print(stderr, "{}: nothing could be run\n", visible_text(matrix.experiment.name));
  }
}

void run_matrices(const RunningOptions& options, std::vector<Matrix>& matrices, const std::stop_token& stop,
                  const std::function<void(const Matrix&, const MatrixOutcome&)>& on_done) {
  const std::vector<int> processors = allowed_processors();
  WorkerOptions workers = worker_options(options, processors);
  warn_of_crowding(options, matrices, processors);
  warn_of_network(options.db.path);
  Store store(options.db.path);
  const auto writers = options.is_sole_writer ? Store::Writers::kThis : Store::Writers::kSeveral;
  if (const int stale = store.recover_stale_runs(writers); stale > 0) {
    fmt::print(stderr, "{} runs of a process that is gone are marked interrupted\n", stale);
  }
  const Past past = past_of(options.db.path);
  for (Matrix& matrix : matrices) add_estimates(matrix, past);
  RunServices services = real_services(options.db.path, options.matrix.data, options.matrix.vectors, stop);
  services.budget = budget_of(options, options.time.seconds(), matrices, past);
  make_folder(services.artifact_root / services.artifact_folder);

  const int lanes = std::max(1, options.workers);
  ProgressBoard board(stderr_is_terminal(), lanes);
  JsonProgress events(lanes);
  workers.listener = [&](int index) -> ProgressListener& {
    return options.json ? events.lane(index) : board.lane(index);
  };
  for (const Matrix& matrix : matrices) {
    on_done(matrix, options.workers == 0
                        ? run_matrix(matrix, options.rerun, services, store, workers.listener(0))
                        : run_in_workers(matrix, options.rerun, workers, services, store));
  }
}

}  // namespace rnnbench
