#include "tests/benchmarks/token_batches.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "harness/core/philox.hpp"
#include "tests/impls/registry/review_batches.hpp"

namespace rnnbench {
namespace {

/// Ranks with probability ∝ 1 / (rank + 2.7) (Mandelbrot 1953), by inversion of the continuous law.
std::int32_t zipf_id(RandomStream& random, int vocabulary) {
  constexpr double kShift = 2.7;
  const double top = std::log((vocabulary + kShift) / (1 + kShift));
  const double rank = (1 + kShift) * std::exp(random.uniform() * top) - kShift;
  return std::clamp(static_cast<std::int32_t>(rank), 1, vocabulary - 1);
}

SampleBatch zipf_batch(RandomStream& random, int reviews, int time, int vocabulary) {
  SampleBatch batch;
  batch.time = time;
  for (int review = 0; review < reviews; ++review) {
    // Words of an IMDb review without stop words: log-normal with a median of about 90.
    const int length = std::clamp(static_cast<int>(90 * std::exp(0.65 * random.normal())), 5, time);
    for (int t = 0; t < time; ++t) batch.ids.push_back(t < length ? zipf_id(random, vocabulary) : 0);
    batch.lengths.push_back(length);
    batch.labels.push_back(static_cast<std::uint8_t>(random.below(2)));
  }
  return batch;
}

}  // namespace

TokenBatches token_batches(std::size_t count, int reviews, int time, int vocabulary) {
  if (std::getenv("RNNBENCH_DATA") != nullptr) {
    return {"IMDb tokens", review_batches("imdb", "pytorch-rnn-meanpool", vocabulary, time, count, reviews)};
  }
  RandomStream random(1, 0);
  TokenBatches drawn{"Zipf tokens", {}};
  for (std::size_t i = 0; i < count; ++i)
    drawn.batches.push_back(zipf_batch(random, reviews, time, vocabulary));
  return drawn;
}

}  // namespace rnnbench
