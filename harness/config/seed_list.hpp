#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rnnbench {

/// Seeds are exact in JSON's and SQLite's numbers up to here, 2^53.
inline constexpr std::uint64_t kLargestSeed = std::uint64_t{1} << 53U;

/// Reads seeds and inclusive ranges, "1..5", "1,2,7" or "1..3,9", in that order. Throws ConfigError, at
/// `place`, for anything else, a seed given twice, or more than 100,000 of them.
std::vector<std::uint64_t> parse_seeds(const std::string& text, const std::string& place);

/// The first seed that stands in `seeds` twice, or nullptr.
const std::uint64_t* repeated_seed(const std::vector<std::uint64_t>& seeds);

}  // namespace rnnbench
