#pragma once

#include <array>
#include <cstdint>

namespace rnnbench {

/// Counters that are enciphered side by side: more than compilers unroll, so that they vectorise instead.
inline constexpr std::size_t kPhiloxLanes = 32;

/// Word w of counter lane l stands at [w][l].
using PhiloxWords = std::array<std::array<std::uint32_t, kPhiloxLanes>, 4>;

/// The words of philox4x32 (harness/core/philox.hpp) for the counters {first + l, counter[1], counter[2],
/// counter[3]}, l < kPhiloxLanes: the same function with lanes innermost, which compilers vectorise.
inline void philox_lanes(std::uint32_t first, const std::array<std::uint32_t, 4>& counter,
                         std::array<std::uint32_t, 2> key, PhiloxWords& words) {
  for (std::size_t l = 0; l < kPhiloxLanes; ++l) {
    words[0][l] = first + static_cast<std::uint32_t>(l);
    words[1][l] = counter[1];
    words[2][l] = counter[2];
    words[3][l] = counter[3];
  }
  for (int round = 0; round < 10; ++round) {
    for (std::size_t l = 0; l < kPhiloxLanes; ++l) {
      const std::uint64_t left = std::uint64_t{0xD2511F53} * words[0][l];
      const std::uint64_t right = std::uint64_t{0xCD9E8D57} * words[2][l];
      words[0][l] = static_cast<std::uint32_t>(right >> 32U) ^ words[1][l] ^ key[0];
      words[1][l] = static_cast<std::uint32_t>(right);
      words[2][l] = static_cast<std::uint32_t>(left >> 32U) ^ words[3][l] ^ key[1];
      words[3][l] = static_cast<std::uint32_t>(left);
    }
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
}

}  // namespace rnnbench
