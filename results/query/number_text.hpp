#pragma once

#include <string>

namespace rnnbench {

/// A number for reading: six significant digits, whole numbers in full, "inf" and "-inf".
std::string short_number(double value);

/// The shortest text that reads back as the same number; where it is exactly a single-precision number (as
/// engines compute them), as that one: 0.8613, not 0.8612999916. "inf", "-inf", "NaN".
std::string exact_number(double value);

}  // namespace rnnbench
