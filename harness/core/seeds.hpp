#pragma once

#include <cstdint>

namespace rnnbench {

/// One seed per source of randomness, all derived from the seed of a run: changing how one source draws
/// leaves the others as they were. Each is a Philox key.
struct RunSeeds {
  std::uint64_t initialisation;
  std::uint64_t order;
  std::uint64_t dropout;
};

/// The three seeds of run seed `seed`. They are distinct for all seeds below 2^62.
constexpr RunSeeds run_seeds(std::uint64_t seed) { return {seed * 4 + 1, seed * 4 + 2, seed * 4 + 3}; }

}  // namespace rnnbench
