#pragma once

#include <cstdint>
#include <string_view>

namespace rnnbench {

/// CRC-32C (Castagnoli) of the bytes, as in RFC 3720.
std::uint32_t crc32c(std::string_view bytes);

}  // namespace rnnbench
