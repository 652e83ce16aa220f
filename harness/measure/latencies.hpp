#pragma once

#include "harness/measure/spread.hpp"

namespace rnnbench {

/// From the call that starts a thread to the first thing that it does.
Spread thread_start_latency(double seconds);

/// Half of a round trip of two threads that wake each other through a condition variable: from the call that
/// wakes to the first thing that the woken one does.
Spread wake_up_latency(double seconds);

/// From the call that starts `program`, looked for in $PATH, to its end: a program that does nothing, so that
/// this is what starting costs. No samples where there is no such program.
Spread process_start_latency(double seconds, const char* program = "true");

}  // namespace rnnbench
