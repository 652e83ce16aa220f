#pragma once

#include <cstdint>
#include <vector>

#include "harness/data/batch.hpp"

namespace rnnbench {

/// A batch that owns its memory.
struct SampleBatch {
  std::vector<std::int32_t> ids;      ///< [reviews, time]
  std::vector<std::int32_t> lengths;  ///< [reviews]
  std::vector<std::uint8_t> labels;   ///< [reviews]
  int time = 0;
  bool padded_at_front = false;

  /// A view, valid as long as this lives unchanged. The padding id is 0.
  Batch view() const;
  /// Rows [first, first + count).
  SampleBatch rows(int first, int count) const;
};

enum class PaddingSide { kFront, kEnd };

/// Seeded reviews of lengths in [1, time] with ids in [1, vocabulary), padded with 0; the first has full
/// length, the second, where there is one, has length 1. Both labels occur from two reviews on.
SampleBatch sample_batch(int reviews, int time, int vocabulary, std::uint64_t seed,
                         PaddingSide side = PaddingSide::kEnd);

}  // namespace rnnbench
