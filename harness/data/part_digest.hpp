#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "harness/data/review_set.hpp"

namespace rnnbench {

/// SHA-256 over the texts and labels of `rows` of `reviews`, in that order: what predictions are stored with
/// and EncodedPart::digest is.
std::string part_digest(const ReviewSet& reviews, std::span<const std::uint32_t> rows);

}  // namespace rnnbench
