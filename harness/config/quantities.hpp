#pragma once

#include <string>

namespace rnnbench {

/// Seconds of "90s", "30m", "2h", "1h30m" or "1.5h". `place` begins the message, "--time-limit". Throws
/// ConfigError for anything else, and for nothing or less.
double parse_duration(const std::string& text, const std::string& place);

/// Bytes of "800MB", "4GB" or "1.5GB" (10⁶, 10⁹ bytes). Likewise.
double parse_bytes(const std::string& text, const std::string& place);

}  // namespace rnnbench
