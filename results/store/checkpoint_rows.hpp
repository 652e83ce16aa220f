#pragma once

#include <optional>

#include "harness/core/run_sink.hpp"

namespace rnnbench {

class StatementCache;

/// What RunSink says of runs that go on, inside the caller's transaction. Throw SQLite::Exception.

std::optional<UnfinishedRun> find_unfinished_run(StatementCache& statements, const RunStart& start);

/// Whether no process of this machine runs the trial with this seed now, and none has finished it, once
/// end_stale_runs() has been called for it.
bool is_free(StatementCache& statements, const RunStart& start);

/// Makes a run that was left this process's; false where it was left no longer.
bool take_over(StatementCache& statements, const UnfinishedRun& left, const RunStart& start);

void set_checkpoint(StatementCache& statements, RunId run, const CheckpointRecord& checkpoint);
void delete_checkpoint(StatementCache& statements, RunId run);

}  // namespace rnnbench
