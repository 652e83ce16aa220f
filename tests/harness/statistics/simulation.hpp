#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "harness/core/philox.hpp"

namespace rnnbench {

/// `n` values of a seeded stream: standard normal, or exp of such where `is_skewed`.
inline std::vector<double> normal_values(RandomStream& random, std::size_t n, bool is_skewed = false) {
  std::vector<double> values(n);
  for (double& value : values) value = is_skewed ? std::exp(random.normal()) : random.normal();
  return values;
}

/// `n` of {0, …, kinds − 1}: ties everywhere.
inline std::vector<double> tied_values(RandomStream& random, std::size_t n, std::uint32_t kinds) {
  std::vector<double> values(n);
  for (double& value : values) value = random.below(kinds);
  return values;
}

/// The share of `repeats` draws, repeat r from stream r of a fixed seed, for which `holds`.
inline double share_of(int repeats, const std::function<bool(RandomStream&)>& holds) {
  int held = 0;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    RandomStream random(/*seed=*/2026, static_cast<std::uint64_t>(repeat));
    held += holds(random) ? 1 : 0;
  }
  return static_cast<double>(held) / repeats;
}

}  // namespace rnnbench
