#pragma once

#include <string>
#include <string_view>

namespace rnnbench {

/// Any text as one word of a POSIX shell: in single quotes where a part of it could mean something.
std::string shell_word(std::string_view text);

}  // namespace rnnbench
