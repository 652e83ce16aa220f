#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/data/encoded_data.hpp"
#include "harness/data/recipe.hpp"

namespace rnnbench {

/// `reviews` training reviews drawn at random, for timings where the data set isn't there: lengths and words
/// scatter as those of IMDb's reviews without stop words do, so that padding and repeated words cost what
/// they cost there. Words have probability ∝ 1 / (rank + 2.7) (Mandelbrot 1953), lengths are log-normal with
/// a median of 90, padding is where the recipe has it. Equal seeds give equal reviews.
EncodedData drawn_tokens(const Recipe& recipe, std::size_t reviews, std::uint64_t seed);

}  // namespace rnnbench
