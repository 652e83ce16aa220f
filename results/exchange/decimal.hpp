#pragma once

#include <string_view>

namespace rnnbench {

/// Whether two texts denote the same number, digit by digit and not as a double: "1e-3" and "0.0010" do,
/// "1.0" and "1.00000000000000000001" don't. A text is a number as JSON writes them, with leading zeros too;
/// one that is none, or whose exponent is beyond 32 bits, is equal to nothing but zeros.
bool is_same_number(std::string_view left, std::string_view right);

}  // namespace rnnbench
