#pragma once

#include <string_view>

namespace rnnbench {

/// Whether the text is UTF-8: no overlong forms, surrogates or values beyond U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace rnnbench
