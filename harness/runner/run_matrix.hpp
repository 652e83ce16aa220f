#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "harness/runner/progress.hpp"
#include "harness/runner/run_order.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

/// A trial of a matrix, ready to run.
struct PlannedTrial {
  TrialSpec spec;
  TrialRecord record;
  std::string label;  ///< what sets it apart in its matrix, "engine=eigen length=20"
  std::optional<double> estimated_seconds = {};  ///< of a run; nothing where nothing is known
};

/// An experiment, ready to run.
struct Matrix {
  ExperimentRecord experiment;
  std::vector<PlannedTrial> trials;
  std::vector<std::uint64_t> seeds;
  Shard shard = {};                           ///< of its runs, what is to be done here
  std::optional<std::set<RunKey>> only = {};  ///< or these runs alone, whatever the shard

  /// In the order in which they are done.
  std::vector<MatrixRun> runs() const;
};

struct MatrixOutcome {
  int finished = 0;
  int failed = 0;
  int skipped = 0;
  int already_finished = 0;  ///< or at work in another process
  int left = 0;              ///< not begun, for want of time or of a task that gets that far
  std::map<std::string, int> skipped_because;  ///< how many for each reason
};

/// Does the runs that are left (see tasks_left), one after the other in this process; what the budget doesn't
/// allow is left to another call. A failed run doesn't stop the others. Throws Interrupted when asked to
/// stop, and errors of the data, disk or database; what was recorded stays.
MatrixOutcome run_matrix(const Matrix& matrix, bool rerun, const RunServices& services, RunSink& sink,
                         ProgressListener& progress);

}  // namespace rnnbench
