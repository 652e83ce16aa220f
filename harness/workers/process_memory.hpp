#pragma once

#include <sys/types.h>

namespace rnnbench {

/// Bytes that a process and those it started have in memory, pages shared with others left out; 0 where it is
/// gone.
double resident_bytes_of(pid_t process);

}  // namespace rnnbench
