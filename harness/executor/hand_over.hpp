#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/executor/executor.hpp"
#include "harness/executor/submission.hpp"

namespace rnnbench {

/// Hands tasks of a submission over, but those that an earlier call handed over without hearing so are
/// found instead, by their name. Where they are refused at the first try the submission is closed: another
/// call asks for something else. Throws EnvironmentError with the scheduler's words. `say` is told the job.
void hand_over(Submission& submission, const std::vector<int>& tasks, Executor& executor,
               const std::function<void(const std::string&)>& say);

}  // namespace rnnbench
