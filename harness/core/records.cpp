#include "harness/core/records.hpp"

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

}  // namespace rnnbench
