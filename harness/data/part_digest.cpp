#include "harness/data/part_digest.hpp"

#include <array>

#include "harness/core/sha256.hpp"

namespace rnnbench {

std::string part_digest(const ReviewSet& reviews, std::span<const std::uint32_t> rows) {
  Sha256 hash;
  for (const std::uint32_t row : rows) {
    const Review& review = reviews.reviews()[row];
    const std::array<std::uint64_t, 2> head = {review.label, review.text.size()};
    hash.update(std::as_bytes(std::span(head)));
    hash.update(review.text);
  }
  return hash.hex();
}

}  // namespace rnnbench
