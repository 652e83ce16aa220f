#pragma once

namespace rnnbench {

class StatementCache;
struct RunStart;

/// Marks the runs of this machine `interrupted` that are `running` though their process is gone, inside the
/// caller's transaction; how many they were. Throws SQLite::Exception.
int end_stale_runs(StatementCache& statements);

/// Marks all that are `running`, of whatever machine, for who knows that nobody else writes.
int end_running_runs(StatementCache& statements);

/// The same of the runs of one trial with one seed, for who claims it: a worker that outlived its killed
/// program by a moment was still alive when the next program began.
int end_stale_runs(StatementCache& statements, const RunStart& start);

}  // namespace rnnbench
