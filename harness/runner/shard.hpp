#pragma once

#include <cstddef>
#include <string>

namespace rnnbench {

inline constexpr int kMostShards = 100'000;

/// A part of a matrix' runs that one machine does: of the runs in order every `count`-th, the first of them
/// at `index`, which counts from 1. The parts of one count have each run once, and are alike in size.
struct Shard {
  int index = 1;
  int count = 1;

  /// `position` counts from 0.
  bool contains(std::size_t position) const {
    return position % static_cast<std::size_t>(count) == static_cast<std::size_t>(index - 1);
  }
};

/// Reads "3/8", the third of eight. `place` begins the message, "--shard". Throws ConfigError.
Shard parse_shard(const std::string& text, const std::string& place);

}  // namespace rnnbench
