#include "results/exchange/crc32c.hpp"

#include <array>
#include <cstddef>

namespace rnnbench {
namespace {

constexpr std::size_t kSlices = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, kSlices>;

/// tables[k][b]: the remainder of byte b with k zero bytes after it.
constexpr Tables make_tables() {
  constexpr std::uint32_t kReversedPolynomial = 0x82F63B78;
  Tables tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit)
      remainder = (remainder >> 1U) ^ ((remainder & 1U) != 0 ? kReversedPolynomial : 0);
    tables[0][byte] = remainder;
  }
  for (std::size_t slice = 1; slice < kSlices; ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[slice - 1][byte];
      tables[slice][byte] = (before >> 8U) ^ tables[0][before & 0xFFU];
    }
  }
  return tables;
}

constexpr Tables kTables = make_tables();

std::uint32_t byte_at(std::string_view bytes, std::size_t place) {
  return static_cast<unsigned char>(bytes[place]);
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t remainder = 0xFFFFFFFF;
  std::size_t place = 0;
  for (; place + kSlices <= bytes.size(); place += kSlices) {
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < kSlices; ++i) {
      const std::uint32_t carried = i < 4 ? (remainder >> (8 * i)) & 0xFFU : 0;
      next ^= kTables[kSlices - 1 - i][carried ^ byte_at(bytes, place + i)];
    }
    remainder = next;
  }
  for (; place < bytes.size(); ++place)
    remainder = (remainder >> 8U) ^ kTables[0][(remainder ^ byte_at(bytes, place)) & 0xFFU];
  return ~remainder;
}

}  // namespace rnnbench
