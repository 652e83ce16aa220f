#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// A view of encoded reviews, row-major; owns nothing.
struct Batch {
  std::span<const std::int32_t> ids;      ///< [reviews, time], each in [0, vocabulary)
  std::span<const std::int32_t> lengths;  ///< [reviews], tokens before padding, in [0, time]
  std::span<const std::uint8_t> labels;   ///< [reviews], 0 negative, 1 positive
  int reviews = 0;
  int time = 0;
  std::int32_t padding_id = 0;
  bool padded_at_front = false;  ///< else at the end
};

}  // namespace rnnbench
