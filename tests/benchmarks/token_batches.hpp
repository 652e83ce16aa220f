#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/sample_batches.hpp"

namespace rnnbench {

/// Batches with the token distribution of reviews, and where they are from.
struct TokenBatches {
  std::string source;
  std::vector<SampleBatch> batches;
};

/// `count` batches of IMDb reviews where $RNNBENCH_DATA is set; else of drawn_tokens(). Padded at the end.
TokenBatches token_batches(std::size_t count, int reviews, int time, int vocabulary);

}  // namespace rnnbench
