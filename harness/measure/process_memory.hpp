#pragma once

#include <sys/types.h>

namespace rnnbench {

/// Bytes that a process and those it started have in memory, pages shared with others left out; 0 where it is
/// gone.
double resident_bytes_of(pid_t process);

/// Bytes that another process and all that it started had in memory at most, each since it began; those that
/// are gone aside. 0 where the system doesn't say.
double resident_peak_of(pid_t process);

}  // namespace rnnbench
