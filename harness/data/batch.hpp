#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace rnnbench {

struct EncodedPart;

/// Where the reviews of a batch stand in a part of a data set, for engines that keep whole parts on a device.
/// The part stays where it is, unchanged, as long as the engine is used.
struct BatchOrigin {
  const EncodedPart* part = nullptr;         ///< null: the batch stands alone
  std::span<const std::uint32_t> rows = {};  ///< [reviews]; empty: `first` and the ones after it
  std::size_t first = 0;
};

/// A view of encoded reviews, row-major; owns nothing.
struct Batch {
  std::span<const std::int32_t> ids;      ///< [reviews, time], each in [0, vocabulary)
  std::span<const std::int32_t> lengths;  ///< [reviews], tokens before padding, in [0, time]
  std::span<const std::uint8_t> labels;   ///< [reviews], 0 negative, 1 positive
  int reviews = 0;
  int time = 0;
  std::int32_t padding_id = 0;
  bool padded_at_front = false;  ///< else at the end
  BatchOrigin origin = {};
};

}  // namespace rnnbench
