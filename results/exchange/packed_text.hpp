#pragma once

#include <string>
#include <string_view>

namespace rnnbench {

/// Bytes as a short text of letters, digits, '+', '/' and '=': compressed, with a digest before them. Equal
/// bytes give equal texts.
std::string packed_text(std::string_view bytes);

/// The bytes again. Throws EnvironmentError where the text was cut or changed, or holds more than any run.
std::string unpacked_text(std::string_view text);

}  // namespace rnnbench
