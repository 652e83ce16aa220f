#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/error.hpp"

namespace rnnbench {

/// A scheduler said no, and took nothing.
class SubmissionRefused : public EnvironmentError {
 public:
  using EnvironmentError::EnvironmentError;
};

/// Where a task stands that was handed to a scheduler.
struct TaskState {
  enum class Phase {
    kWaiting,
    kRunning,
    kOver,
    kCancelled,  ///< somebody ended it, and wants no other
  };
  Phase phase = Phase::kWaiting;
  std::string reason = {};  ///< why it waits, in the scheduler's word; "" where that is its turn
};

/// In the place of a task's number: all tasks that have no state of their own.
inline constexpr int kOtherTasks = 0;

/// What runs tasks elsewhere. A task is a number, from 1 on, that its script is called with; what becomes of
/// it is seen in the files that it leaves, not here. Each throws EnvironmentError where the scheduler can't
/// be asked or refuses, with its own words.
class Executor {
 public:
  virtual ~Executor() = default;
  /// Hands over tasks of one script under a name that no other job has; gives the job that they are. Throws
  /// SubmissionRefused; any other error leaves open whether they were taken, or are a moment later.
  virtual std::string submit(const std::filesystem::path& script, const std::vector<int>& tasks,
                             const std::string& name) = 0;
  /// The job of that name that is not over, if any: what an unanswered submit() may have left.
  virtual std::optional<std::string> find(const std::string& name) = 0;
  /// The tasks of a job that the scheduler has not forgotten.
  virtual std::map<int, TaskState> states(const std::string& job) = 0;
  /// Ends what is left of a job; nothing where it is over.
  virtual void cancel(const std::string& job) = 0;
};

}  // namespace rnnbench
