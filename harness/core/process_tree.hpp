#pragma once

#include <sys/types.h>

#include <vector>

namespace rnnbench {

/// What `process` started itself, as far as it still runs.
std::vector<pid_t> children_of(pid_t process);

/// What `process` started and what that started in turn, as far as it still runs.
std::vector<pid_t> descendants_of(pid_t process);

/// Kills `process` and all its descendants.
void kill_with_descendants(pid_t process);

/// Makes this process inherit what its children leave behind, so that end_descendants() finds it.
void adopt_orphans();

/// Kills everything that descends from this process.
void end_descendants();

}  // namespace rnnbench
