#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/data/review_set.hpp"

namespace rnnbench {

/// The reviews that were tested, with their texts and stars; or why they aren't at hand.
struct TestTexts {
  ReviewSet all = {};
  std::vector<std::uint32_t> rows = {};  ///< [test reviews] in `all`; empty where they aren't at hand
  std::string why_not = {};

  bool are_there() const { return why_not.empty(); }
  const Review& operator[](std::size_t review) const { return all.reviews()[rows[review]]; }
};

/// Reads the data set that `settings` (a trial's canonical ones) name, from `data` (--data) or where it is
/// found, and takes its test part. The part must have the digest of what was tested: another one, or a data
/// set that isn't there or can't be read, is `why_not`. Throws Interrupted.
TestTexts find_test_texts(const std::string& settings, const std::string& digest,
                          const std::optional<std::filesystem::path>& data, const std::stop_token& stop);

}  // namespace rnnbench
