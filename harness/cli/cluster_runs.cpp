#include "harness/cli/cluster_runs.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/past.hpp"
#include "harness/config/experiment_file.hpp"
#include "harness/config/recipe_library.hpp"
#include "harness/core/error.hpp"
#include "harness/core/file_lock.hpp"
#include "harness/core/files.hpp"
#include "harness/executor/slurm.hpp"
#include "harness/executor/slurm_script.hpp"
#include "harness/executor/slurm_settings.hpp"
#include "harness/executor/submission.hpp"
#include "harness/executor/watch.hpp"
#include "results/query/database.hpp"
#include "results/query/finished_runs.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/store/merge.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// `results.slurm/NAME` beside a database `results.db`.
fs::path submissions_folder(const fs::path& database, const std::string& experiment) {
  return fs::absolute(database).parent_path() / (database.stem().string() + ".slurm") / experiment;
}

SlurmSettings settings_of(const MatrixOptions& options, const fs::path& config) {
  const ExperimentFile file = read_experiment(config, options.overrides, recipes_folder());
  return read_slurm_settings(file.slurm, slurm_profile());
}

/// What a task calls, from any folder.
std::vector<std::string> task_command(const MatrixOptions& options, const fs::path& config,
                                      const fs::path& runs_file) {
  std::vector<std::string> command = {fs::read_symlink("/proc/self/exe").string(), "run",
                                      fs::absolute(config).string()};
  const auto add = [&](const char* option, const std::string& value) {
    command.emplace_back(option);
    command.push_back(value);
  };
  for (const std::string& each : options.overrides) add("--set", each);
  if (options.seeds) add("--seeds", *options.seeds);
  for (const std::string& each : options.tags) add("--tag", each);
  if (options.note) add("--note", *options.note);
  if (options.data.path) add("--data", fs::absolute(*options.data.path).string());
  if (options.vectors.path) add("--vectors", fs::absolute(*options.vectors.path).string());
  add("--runs", runs_file.string());
  command.emplace_back("--no-report");
  return command;
}

Submission::Runs runs_left(const Matrix& matrix, const std::set<RunKey>& finished) {
  Submission::Runs left;
  for (const auto& [index, seed] : matrix.runs()) {
    RunKey key{matrix.trials[index].record.key, seed};
    if (!finished.contains(key)) left.push_back(std::move(key));
  }
  return left;
}

int tasks_of(const Submission::Runs& runs, const SlurmSettings& settings) {
  const auto chunk = static_cast<std::size_t>(settings.chunk);
  return static_cast<int>((runs.size() + chunk - 1) / chunk);
}

/// What became of the runs of a matrix: how its last run of each ended.
MatrixOutcome outcome_of(const Matrix& matrix, const std::set<RunKey>& finished_before,
                         const fs::path& path) {
  Database database(path);
  std::map<RunKey, std::pair<std::string, std::string>> last;
  const Table runs =
      query_table(database,
                  "SELECT t.key, r.seed, r.status, ifnull(r.reason, '') FROM runs r JOIN trials t ON t.id "
                  "= r.trial_id ORDER BY r.id");
  for (const auto& row : runs.rows) {
    last[{std::get<std::string>(row[0]), static_cast<std::uint64_t>(std::get<std::int64_t>(row[1]))}] = {
        std::get<std::string>(row[2]), std::get<std::string>(row[3])};
  }
  const std::set<RunKey> finished = finished_runs(database);
  MatrixOutcome outcome;
  for (const auto& [index, seed] : matrix.runs()) {
    const RunKey key{matrix.trials[index].record.key, seed};
    const auto& [status, reason] = last[key];
    if (finished_before.contains(key)) {
      ++outcome.already_finished;
    } else if (finished.contains(key)) {
      ++outcome.finished;
    } else if (status == "skipped") {
      ++outcome.skipped;
      ++outcome.skipped_because[reason];
    } else {
      ++outcome.failed;
    }
  }
  return outcome;
}

void refuse_options_of_runs_here(const RunningOptions& options) {
  const auto refuse = [](const char* option, const char* instead) {
    throw ConfigError(fmt::format("--on slurm: {} is for runs on this machine; {}", option, instead));
  };
  if (options.time.text) refuse("--for", "give [slurm] a time for each task");
  if (options.rerun) refuse("--rerun", "leave it out");
  if (options.matrix.shard) refuse("--shard", "give [slurm] a chunk, the runs of a task");
}

/// What is asked of the runs themselves.
std::vector<std::string> running_options(const RunningOptions& options) {
  std::vector<std::string> words;
  if (options.workers != 1) words.insert(words.end(), {"--workers", std::to_string(options.workers)});
  if (options.retries > 0) words.insert(words.end(), {"--retries", std::to_string(options.retries)});
  if (!options.pinned) words.emplace_back("--no-pinning");
  if (!options.time_limit.empty()) words.insert(words.end(), {"--time-limit", options.time_limit});
  if (!options.memory_limit.empty()) words.insert(words.end(), {"--memory-limit", options.memory_limit});
  return words;
}

class SlurmRuns {
 public:
  SlurmRuns(const RunningOptions& options, std::stop_token stop)
      : options_(options), stop_(std::move(stop)) {}

  void run(const Matrix& matrix, const fs::path& config) {
    const SlurmSettings settings = settings_of(options_.matrix, config);
    Slurm slurm(settings.limit, stop_);
    const fs::path root = submissions_folder(options_.db.path, matrix.experiment.name);
    make_folder(root);
    const FileLock lock(root / "lock", FileLock::Waiting::kNot);
    if (!lock.is_held()) {
      throw EnvironmentError(
          fmt::format("another rnnbench hands over and waits for {} already (it holds {}); end it "
                      "first, which leaves the tasks at work",
                      matrix.experiment.name, (root / "lock").string()));
    }
    if (auto begun = Submission::open_in(root)) {
      say(begun->job().empty()
              ? "going on with what was about to be handed over"
              : fmt::format("waiting for job {}, which was handed over before", begun->job()));
      wait_for(*begun, slurm, settings);
    }
    const Submission::Runs left = runs_left(matrix, finished());
    if (left.empty()) return;
    Submission submission = Submission::create_in(root, left, tasks_of(left, settings));
    std::vector<std::string> command = task_command(options_.matrix, config, submission.runs_file());
    for (std::string& word : running_options(options_)) command.push_back(std::move(word));
    write_file_atomically(submission.script(), slurm_script({matrix.experiment.name, submission.folder(),
                                                             std::move(command), submission.tasks()},
                                                            settings));
    wait_for(submission, slurm, settings);
  }

  std::set<RunKey> finished() const {
    Database database(options_.db.path);
    return finished_runs(database);
  }

 private:
  static void say(const std::string& text) { fmt::print(stderr, "slurm: {}\n", visible_text(text)); }

  void wait_for(Submission& submission, Slurm& slurm, const SlurmSettings& settings) {
    WatchServices services;
    services.merge = [this](const fs::path& shard) { merge_database(shard, options_.db.path); };
    services.say = say;
    services.stop = stop_;
    services.retries = settings.retries;
    const std::vector<int> without_result = watch(submission, slurm, services);
    if (without_result.empty()) return;
    const int first = without_result.front();
    if (const std::string words = submission.last_words(first); !words.empty())
      say(fmt::format("task {} said last: {}", first, words));
    say(fmt::format(
        "{} of {} tasks left no result after {} tries: {}; see what they said in {}, and whether all nodes "
        "have that folder",
        without_result.size(), submission.tasks(), submission.attempts(), array_text(without_result),
        (submission.folder() / "logs").string()));
  }

  const RunningOptions& options_;
  std::stop_token stop_;
};

}  // namespace

void run_matrices_on_slurm(const RunningOptions& options, std::vector<Matrix>& matrices,
                           const std::stop_token& stop,
                           const std::function<void(const Matrix&, const MatrixOutcome&)>& on_done) {
  refuse_options_of_runs_here(options);
  { const Store made(options.db.path); }
  SlurmRuns runs(options, stop);
  for (std::size_t i = 0; i < matrices.size(); ++i) {
    const std::set<RunKey> finished_before = runs.finished();
    runs.run(matrices[i], options.matrix.configs[i]);
    on_done(matrices[i], outcome_of(matrices[i], finished_before, options.db.path));
  }
}

std::string planned_script(const MatrixOptions& options, const fs::path& config, const Matrix& matrix,
                           const fs::path& database) {
  const SlurmSettings settings = settings_of(options, config);
  const Submission::Runs left = runs_left(matrix, past_of(database).finished);
  if (left.empty()) return fmt::format("# {}: nothing is left to run\n", matrix.experiment.name);
  const fs::path folder = submissions_folder(database, matrix.experiment.name) / "N";
  const int tasks = tasks_of(left, settings);
  return slurm_script(
             {matrix.experiment.name, folder, task_command(options, config, folder / "runs.txt"), tasks},
             settings) +
         fmt::format("# {}: {} runs; sbatch --array=1-{}{} task.sh\n", matrix.experiment.name, left.size(),
                     tasks, settings.limit > 0 ? fmt::format("%{}", settings.limit) : std::string());
}

}  // namespace rnnbench
