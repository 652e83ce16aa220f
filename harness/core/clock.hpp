#pragma once

#include <chrono>
#include <string>

namespace rnnbench {

using Nanoseconds = std::chrono::nanoseconds;

/// Now in UTC as ISO 8601 with milliseconds: 2026-01-31T12:00:00.000Z. For dates in records only, never
/// for durations.
std::string utc_now();

/// "1 h 02 min", "3 min 04 s", "5.6 s" or "12 ms": a duration for people; "?" for
/// negative and non-finite ones.
std::string human_duration(double seconds);

}  // namespace rnnbench
