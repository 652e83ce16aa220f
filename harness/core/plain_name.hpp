#pragma once

#include <string>
#include <string_view>

namespace rnnbench {

/// The first `most` bytes of a text, which may hold anything, as a part of a file's name: letters, digits,
/// "-" and "_"; "_" for any other byte. Other texts may have the same.
std::string plain_name(std::string_view text, std::size_t most);

}  // namespace rnnbench
