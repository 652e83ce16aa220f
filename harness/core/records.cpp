#include "harness/core/records.hpp"

#include "harness/core/error.hpp"

namespace rnnbench {

const char* name_of(RunStatus status) {
  switch (status) {
    case RunStatus::kRunning:
      return "running";
    case RunStatus::kFinished:
      return "finished";
    case RunStatus::kFailed:
      return "failed";
    case RunStatus::kInterrupted:
      return "interrupted";
    case RunStatus::kSkipped:
      return "skipped";
  }
  return "unknown";
}

RunStatus status_named(const std::string& name) {
  for (const RunStatus status : {RunStatus::kRunning, RunStatus::kFinished, RunStatus::kFailed,
                                 RunStatus::kInterrupted, RunStatus::kSkipped}) {
    if (name == name_of(status)) return status;
  }
  throw EnvironmentError("a run has the status '" + name + "', which nobody knows");
}

}  // namespace rnnbench
