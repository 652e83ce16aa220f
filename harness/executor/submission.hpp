#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rnnbench {

/// A part of a matrix that was handed to a cluster: a folder on a disk that all its nodes have.
///
///   submission.json  job, tasks, how often they were handed over, whether somebody cancelled some, whether
///   it
///                    is over
///   runs.txt         the runs, a line "TRIAL SEED" each; task K of N does every N-th line from the K-th on
///   task.sh          what each task does
///   shards/K.part    a task's database while it is at work (K.lock is held); shards/K when its runs are over
///   merged/K         left of it when its runs were taken over
///   damaged/K.1      a shard that couldn't be read
///   ends/K           the exit status of a task whose shard didn't get whole
///   logs/K.txt       what a task said
///
/// All that is known is in the folder: whoever watches it may end and another go on. Throws EnvironmentError
/// where it can't be read or written.
class Submission {
 public:
  using Runs = std::vector<std::pair<std::string, std::uint64_t>>;

  /// The one in `root` that is not over, if any.
  static std::optional<Submission> open_in(const std::filesystem::path& root);
  /// Those that are over: a task that somebody thought lost may have left its shard since.
  static std::vector<Submission> over_in(const std::filesystem::path& root);
  /// A new one, not handed over yet.
  static Submission create_in(const std::filesystem::path& root, const Runs& runs, int tasks);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path runs_file() const { return folder_ / "runs.txt"; }
  std::filesystem::path script() const { return folder_ / "task.sh"; }
  std::filesystem::path database(const std::filesystem::path& shard) const { return shard / "results.db"; }
  std::filesystem::path part(int task) const;

  int tasks() const { return tasks_; }
  const std::string& job() const { return job_; }  ///< "" before it was handed over, and between two tries
  int attempts() const { return attempts_; }       ///< how often it was handed over
  bool is_cancelled() const { return is_cancelled_; }
  /// Of the job that the next handing over makes, or the one that isn't known to have been: no other has it.
  std::string next_name() const;

  /// Tasks whose shard is whole and not merged yet.
  std::vector<int> whole() const;
  /// Tasks that are not merged yet.
  std::vector<int> pending() const;
  std::filesystem::path shard(int task) const;

  /// To be said before the tasks are handed over, so that they are never taken for tasks of nobody.
  void begins(const std::vector<int>& tasks);
  void handed_over(const std::string& job);
  void cancelled();
  enum class Files { kRemove, kKeep };
  void merged(int task, Files files = Files::kRemove);
  /// The exit status of a task that ended without a whole shard, where it got as far as to say it.
  std::optional<int> end_of(int task) const;
  /// The last line that a task said; "" where there is none.
  std::string last_words(int task) const;
  /// Puts a task's shard away, as it is in shard() or part(), so that the task begins anew.
  void set_aside(int task, const std::filesystem::path& shard);
  void close();

 private:
  explicit Submission(std::filesystem::path folder) : folder_(std::move(folder)) {}
  static std::optional<Submission> read(std::filesystem::path folder);
  void save() const;

  std::filesystem::path folder_;
  std::string token_;  ///< drawn when it was made
  std::string job_;
  int tasks_ = 0;
  int attempts_ = 0;
  bool is_cancelled_ = false;
  bool is_over_ = false;
};

/// Reads runs.txt. Throws EnvironmentError, ConfigError for a line that is none.
Submission::Runs read_runs_file(const std::filesystem::path& path);

}  // namespace rnnbench
