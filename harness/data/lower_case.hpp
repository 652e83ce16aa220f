#pragma once

#include <string>
#include <string_view>

namespace rnnbench {

/// Writes `text` to `out` in lower case: each code point by its simple mapping in the Unicode character
/// database. Bytes that are no valid UTF-8 are kept.
void lower_case(std::string_view text, std::string& out);

}  // namespace rnnbench
