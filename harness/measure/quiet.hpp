#pragma once

#include <sys/types.h>

namespace rnnbench {

/// So long may threads go on after their work before others are timed all the same.
inline constexpr double kMostSpinSeconds = 0.5;

/// Returns once this process has stopped working but for the calling thread, which sleeps meanwhile: threads
/// of a library may spin for milliseconds after their last work (OpenMP's do, for the next loop), and would
/// take the processor from whoever is timed next. After `most_seconds` it returns all the same: false.
bool wait_until_quiet(double most_seconds);

/// The same of another process and all that it started.
bool wait_until_quiet(pid_t process, double most_seconds);

}  // namespace rnnbench
