#include "harness/runner/run_trial.hpp"

#include <new>

#include "harness/core/error.hpp"
#include "harness/runner/baseline_execution.hpp"
#include "harness/runner/run_command.hpp"
#include "harness/runner/run_execution.hpp"

namespace rnnbench {

namespace {

/// Executes `run`, a RunExecution or one like it, and records how it ended.
template <typename Execution>
std::optional<RunEnd> recorded(Execution& run, const RunStart& start, bool repeat,
                               ProgressListener& progress) {
  RunId id = -1;
  const auto ended = [&](RunStatus status, const std::string& reason) {
    RunEnd end;
    end.status = status;
    end.reason = reason;
    end.train_seconds = run.train_seconds();
    end.seconds = run.seconds();
    return end;
  };
  RunEnd end;
  try {
    std::optional<RunEnd> executed = run.execute(start, repeat, id);
    if (!executed) return std::nullopt;
    end = std::move(*executed);
    end.seconds = run.seconds();
  } catch (const EngineError& error) {
    end = ended(RunStatus::kFailed, error.what());
  } catch (const std::bad_alloc&) {
    end = ended(RunStatus::kFailed, "not enough memory");
    if (id < 0)
      throw EnvironmentError("not enough memory to load the data; use a shorter recipe.length or a limit");
  } catch (const Interrupted&) {
    if (id >= 0) run.record_end(id, ended(RunStatus::kInterrupted, "stopped by the user"));
    throw;
  } catch (const EnvironmentError& error) {  // a disk that is full: the run goes on once there is space
    if (id >= 0) run.record_end(id, ended(RunStatus::kInterrupted, error.what()));
    throw;
  } catch (const StoreError& error) {  // likewise, or a database that is locked for too long
    if (id >= 0) run.record_end(id, ended(RunStatus::kInterrupted, error.what()));
    throw;
  } catch (const Error& error) {
    if (id >= 0) run.record_end(id, ended(RunStatus::kFailed, error.what()));
    throw;
  }
  run.record_end(id, end);
  run.remove_checkpoints(id);
  progress.run_finished(end);
  return end;
}

}  // namespace

std::optional<RunEnd> run_trial(const TrialSpec& trial, const RunStart& start, bool repeat,
                                const RunServices& services, RunSink& sink, ProgressListener& progress) {
  if (trial.is_command()) return run_command(trial, start, repeat, services, sink, progress);
  if (trial.is_baseline()) {
    BaselineExecution run(trial, start.seed, services, sink, progress);
    return recorded(run, start, repeat, progress);
  }
  RunExecution run(trial, start.seed, services, sink, progress);
  return recorded(run, start, repeat, progress);
}

}  // namespace rnnbench
