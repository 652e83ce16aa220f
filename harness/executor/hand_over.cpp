#include "harness/executor/hand_over.hpp"

#include <fmt/format.h>

#include <optional>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// The job that an answer which told of an error may have hidden.
std::optional<std::string> found_after(const EnvironmentError& refusal, Executor& executor,
                                       const std::string& name) {
  try {
    return executor.find(name);
  } catch (const EnvironmentError& error) {
    throw EnvironmentError(
        fmt::format("{}; whether the tasks were taken isn't known, as it can't be asked "
                    "either ({}): the same command looks for them",
                    refusal.what(), error.what()));
  }
}

std::string submitted(Submission& submission, const std::vector<int>& tasks, Executor& executor) {
  const std::string name = submission.next_name();
  try {
    return executor.submit(submission.script(), tasks, name);
  } catch (const EnvironmentError& refusal) {
    if (auto job = found_after(refusal, executor, name)) return *job;
    if (dynamic_cast<const SubmissionRefused*>(&refusal) == nullptr) {
      throw EnvironmentError(fmt::format(
          "{}; the tasks may be taken all the same: the same command looks for them", refusal.what()));
    }
    if (submission.attempts() == 0) submission.close();
    throw;
  }
}

}  // namespace

void hand_over(Submission& submission, const std::vector<int>& tasks, Executor& executor,
               const std::function<void(const std::string&)>& say) {
  submission.begins(tasks);
  const std::optional<std::string> taken_before = executor.find(submission.next_name());
  submission.handed_over(taken_before ? *taken_before : submitted(submission, tasks, executor));
  say(fmt::format("job {}: {} {}", submission.job(), tasks.size(), tasks.size() == 1 ? "task" : "tasks"));
}

}  // namespace rnnbench
