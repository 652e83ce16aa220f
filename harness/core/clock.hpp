#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace rnnbench {

using Nanoseconds = std::chrono::nanoseconds;

/// Now in UTC as ISO 8601 with milliseconds: 2026-01-31T12:00:00.000Z. For dates in records only, never
/// for durations.
std::string utc_now();

/// The same of a moment in ISO 8601 with its zone, "2026-01-31T13:00:00+01:00" or "…Z"; nothing where the
/// text is none of the years 1970 to 2200.
std::optional<std::string> utc_of(const std::string& moment);

/// Milliseconds since 1970, before the year 2200, as ISO 8601 in UTC, and back; nothing where the text is no
/// such moment.
std::string utc_at(std::int64_t milliseconds);
std::optional<std::int64_t> milliseconds_at(const std::string& utc);

/// "1 h 02 min", "3 min 04 s", "5.6 s" or "12 ms": a duration for people; "?" for
/// negative and non-finite ones.
std::string human_duration(double seconds);

}  // namespace rnnbench
