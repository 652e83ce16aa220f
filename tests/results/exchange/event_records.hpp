#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "results/exchange/crc32c.hpp"

namespace rnnbench {

inline std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[i]);
  return value;
}

/// The other way round than the writer goes.
inline std::uint32_t unmasked(std::uint64_t masked) {
  const std::uint32_t turned = static_cast<std::uint32_t>(masked) - 0xA282EAD8U;
  return (turned << 15U) | (turned >> 17U);
}

/// What the records of an event file hold, which must be sound to its end.
inline std::vector<std::string> event_records(std::string_view file) {
  constexpr std::size_t kHeader = 12, kFooter = 4;
  std::vector<std::string> records;
  while (file.size() >= kHeader + kFooter) {
    const std::uint64_t size = little_endian(file.substr(0, 8));
    EXPECT_EQ(unmasked(little_endian(file.substr(8, 4))), crc32c(file.substr(0, 8)));
    if (size > file.size() - kHeader - kFooter) break;
    records.emplace_back(file.substr(kHeader, size));
    EXPECT_EQ(unmasked(little_endian(file.substr(kHeader + size, kFooter))), crc32c(records.back()));
    file.remove_prefix(kHeader + size + kFooter);
  }
  EXPECT_TRUE(file.empty()) << file.size() << " bytes are no record";
  return records;
}

}  // namespace rnnbench
