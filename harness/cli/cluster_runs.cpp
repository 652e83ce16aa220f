#include "harness/cli/cluster_runs.hpp"

#include <fmt/format.h>

#include <deque>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "harness/cli/cluster_task.hpp"
#include "harness/cli/past.hpp"
#include "harness/core/error.hpp"
#include "harness/core/file_lock.hpp"
#include "harness/core/files.hpp"
#include "harness/executor/hand_over.hpp"
#include "harness/executor/slurm.hpp"
#include "harness/executor/submission.hpp"
#include "harness/executor/watch.hpp"
#include "results/query/database.hpp"
#include "results/query/finished_runs.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/store/check.hpp"
#include "results/store/merge.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// `results.slurm/NAME` beside a database `results.db`.
fs::path submissions_folder(const fs::path& database, const std::string& experiment) {
  return fs::absolute(database).parent_path() / (database.stem().string() + ".slurm") / experiment;
}

Submission::Runs runs_left(const Matrix& matrix, const std::set<RunKey>& finished) {
  Submission::Runs left;
  for (const auto& [index, seed] : matrix.runs()) {
    RunKey key{matrix.trials[index].record.key, seed};
    if (!finished.contains(key)) left.push_back(std::move(key));
  }
  return left;
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
      ++(status == "failed" ? outcome.failed : outcome.left);
    }
  }
  return outcome;
}

/// Two files of one experiment would stand in each other's way.
void require_names_of_their_own(const std::vector<Matrix>& matrices) {
  std::set<std::string> names;
  for (const Matrix& matrix : matrices) {
    if (!names.insert(matrix.experiment.name).second)
      throw ConfigError(
          fmt::format("--on slurm: two of the files are named '{}'; hand them over one after "
                      "the other",
                      matrix.experiment.name));
  }
}

void say(const std::string& text) { fmt::print(stderr, "slurm: {}\n", visible_text(text)); }

/// Adds a shard to the database. False where not all of it could be, which is said.
bool take_shard(const fs::path& shard, const fs::path& database) {
  const MergeReport report = merge_database(shard, database);
  for (const std::string& conflict : report.conflicts) say(fmt::format("{}: {}", shard.string(), conflict));
  for (const std::string& file : report.missing_files)
    say(fmt::format("{}: {} is missing or has another content", shard.string(), file));
  return report.conflicts.empty() && report.missing_files.empty();
}

/// One matrix on the cluster.
class MatrixOnSlurm {
 public:
  MatrixOnSlurm(const RunningOptions& options, const Matrix& matrix, const fs::path& config,
                std::stop_token stop)
      : options_(options),
        matrix_(matrix),
        config_(config),
        settings_(slurm_settings_of(options.matrix, config)),
        slurm_(settings_.limit, stop),
        root_(submissions_folder(options.db.path, matrix.experiment.name)),
        lock_(made(root_) / "lock", FileLock::Waiting::kNot) {
    if (!lock_.is_held()) {
      throw EnvironmentError(
          fmt::format("another rnnbench hands over and waits for {} already (it holds {}); end it "
                      "first, which leaves the tasks at work",
                      matrix.experiment.name, (root_ / "lock").string()));
    }
    watching_.shards = {require_undamaged,
                        [this](const fs::path& shard) { return take_shard(shard, options_.db.path); }, say,
                        std::move(stop)};
    watching_.retries = settings_.retries;
  }

  /// Hands over what is left, unless something was before.
  void begin() {
    for (Submission& over : Submission::over_in(root_)) take_whole(over, watching_.shards);
    before_ = finished_runs_in(options_.db.path);
    submission_ = Submission::open_in(root_);
    if (!submission_) return hand_over_what_is_left();
    is_of_another_call_ = true;
    say(submission_->job().empty()
            ? "going on with what was about to be handed over"
            : fmt::format("waiting for job {}, which was handed over before", submission_->job()));
    write_script();  // with what is asked for now, should it be handed over again
  }

  /// Looks at its tasks once, see Watch::look(). What was handed over before is followed by what is left.
  bool is_over() {
    if (!submission_) return true;
    if (!watch_) watch_.emplace(*submission_, slurm_, watching_);
    if (!watch_->look()) return false;
    say_what_has_no_result(watch_->without_result());
    watch_.reset();
    if (std::exchange(is_of_another_call_, false)) {
      hand_over_what_is_left();
    } else {
      submission_.reset();
    }
    return !submission_;
  }

  MatrixOutcome outcome() const { return outcome_of(matrix_, before_, options_.db.path); }
  std::chrono::milliseconds poll() const { return watching_.poll; }

 private:
  static const fs::path& made(const fs::path& folder) {
    make_folder(folder);
    return folder;
  }

  static std::set<RunKey> finished_runs_in(const fs::path& path) {
    Database database(path);
    return finished_runs(database);
  }

  void write_script() const {
    write_file_atomically(submission_->script(),
                          task_script(options_, config_, matrix_.experiment.name, submission_->folder(),
                                      submission_->tasks(), settings_));
  }

  void hand_over_what_is_left() {
    submission_.reset();
    const Submission::Runs left = runs_left(matrix_, finished_runs_in(options_.db.path));
    if (left.empty()) return;
    submission_ = Submission::create_in(root_, left, tasks_of(left.size(), settings_));
    write_script();
    hand_over(*submission_, submission_->pending(), slurm_, say);
  }

  void say_what_has_no_result(const std::vector<int>& without_result) const {
    if (without_result.empty()) return;
    const int first = without_result.front();
    if (const std::string words = submission_->last_words(first); !words.empty())
      say(fmt::format("task {} said last: {}", first, words));
    say(fmt::format(
        "{} of {} tasks left no result after {} tries: {}; see what they said in {}, and whether all nodes "
        "have that folder",
        without_result.size(), submission_->tasks(), submission_->attempts(), array_text(without_result),
        (submission_->folder() / "logs").string()));
  }

  const RunningOptions& options_;
  const Matrix& matrix_;
  const fs::path& config_;
  SlurmSettings settings_;
  Slurm slurm_;
  fs::path root_;
  FileLock lock_;
  WatchServices watching_;
  std::set<RunKey> before_;  ///< finished then
  std::optional<Submission> submission_;
  std::optional<Watch> watch_;  ///< of it
  bool is_of_another_call_ = false;
};

}  // namespace

void refuse_options_of_runs_here(const RunningOptions& options) {
  const auto refuse = [](const char* option, const char* instead) {
    throw ConfigError(fmt::format("--on slurm: {} is for runs on this machine; {}", option, instead));
  };
  if (options.time.text) refuse("--for", "give [slurm] a time for each task");
  if (options.rerun) refuse("--rerun", "leave it out");
  if (options.matrix.shard) refuse("--shard", "give [slurm] a chunk, the runs of a task");
}

void run_matrices_on_slurm(const RunningOptions& options, std::vector<Matrix>& matrices,
                           const std::stop_token& stop,
                           const std::function<void(const Matrix&, const MatrixOutcome&)>& on_done) {
  refuse_options_of_runs_here(options);
  require_names_of_their_own(matrices);
  const Store open(options.db.path);  // all the while: who closes it last moves its log into it
  std::deque<MatrixOnSlurm> all;
  for (std::size_t i = 0; i < matrices.size(); ++i)
    all.emplace_back(options, matrices[i], options.matrix.configs[i], stop);
  for (MatrixOnSlurm& each : all) each.begin();
  std::vector<std::size_t> at_work(all.size());  // watched at the same time: schedulers forget what is over
  std::iota(at_work.begin(), at_work.end(), 0);
  for (;;) {
    std::erase_if(at_work, [&](std::size_t i) {
      if (!all[i].is_over()) return false;
      on_done(matrices[i], all[i].outcome());
      return true;
    });
    if (at_work.empty()) return;
    rest(all.front().poll(), stop);
  }
}

std::string planned_script(const RunningOptions& options, const fs::path& config, const Matrix& matrix) {
  const SlurmSettings settings = slurm_settings_of(options.matrix, config);
  const Submission::Runs left = runs_left(matrix, past_of(options.db.path).finished);
  if (left.empty()) return fmt::format("# {}: nothing is left to run\n", matrix.experiment.name);
  const fs::path folder = submissions_folder(options.db.path, matrix.experiment.name) / "N";
  const int tasks = tasks_of(left.size(), settings);
  return task_script(options, config, matrix.experiment.name, folder, tasks, settings) +
         fmt::format("# {}: {} runs; sbatch --array=1-{}{} task.sh\n", matrix.experiment.name, left.size(),
                     tasks, settings.limit > 0 ? fmt::format("%{}", settings.limit) : std::string());
}

}  // namespace rnnbench
