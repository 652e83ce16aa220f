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
///   submission.json  job, tasks, how often they were handed over, whether it is over
///   runs.txt         the runs, a line "TRIAL SEED" each; task K of N does the shard K/N of them
///   task.sh          what each task does
///   shards/K.part    a task's database while it is at work (K.lock is held); shards/K when its runs are over
///   merged/K         left of it when its runs were taken over
///   damaged/K.1      a shard that couldn't be read
///   logs/K.txt       what a task said
///
/// All that is known is in the folder: whoever watches it may end and another go on. Throws EnvironmentError
/// where it can't be read or written.
class Submission {
 public:
  using Runs = std::vector<std::pair<std::string, std::uint64_t>>;

  /// The one in `root` that is not over, if any.
  static std::optional<Submission> open_in(const std::filesystem::path& root);
  /// A new one, not handed over yet.
  static Submission create_in(const std::filesystem::path& root, const Runs& runs, int tasks);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path runs_file() const { return folder_ / "runs.txt"; }
  std::filesystem::path script() const { return folder_ / "task.sh"; }
  std::filesystem::path database(const std::filesystem::path& shard) const { return shard / "results.db"; }
  std::filesystem::path part(int task) const;

  int tasks() const { return tasks_; }
  const std::string& job() const { return job_; }  ///< "" before it was handed over
  int attempts() const { return attempts_; }       ///< how often it was handed over

  /// Tasks whose shard is whole and not merged yet.
  std::vector<int> whole() const;
  /// Tasks that are not merged yet.
  std::vector<int> pending() const;
  std::filesystem::path shard(int task) const;

  /// To be said before the tasks are handed over, so that they are never taken for tasks of nobody.
  void begins();
  void handed_over(const std::string& job);
  void merged(int task);
  /// The last line that a task said; "" where there is none.
  std::string last_words(int task) const;
  /// Puts a task's shard away, whole or not, so that the task begins anew.
  void set_aside(int task);
  void close();

 private:
  explicit Submission(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void save(bool is_over) const;

  std::filesystem::path folder_;
  std::string job_;
  int tasks_ = 0;
  int attempts_ = 0;
};

/// Reads runs.txt. Throws EnvironmentError, ConfigError for a line that is none.
Submission::Runs read_runs_file(const std::filesystem::path& path);

}  // namespace rnnbench
