#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rnnbench {

/// Bytes as Base64 (RFC 4648, with padding), and back; nothing for what is none.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace rnnbench
