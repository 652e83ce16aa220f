#include "tests/support/sample_batches.hpp"

#include "harness/core/philox.hpp"

namespace rnnbench {

Batch SampleBatch::view() const {
  return {ids, lengths, labels, static_cast<int>(labels.size()), time, 0, padded_at_front};
}

SampleBatch SampleBatch::rows(int first, int count) const {
  const int last = first + count;
  return {{ids.begin() + first * time, ids.begin() + last * time},
          {lengths.begin() + first, lengths.begin() + last},
          {labels.begin() + first, labels.begin() + last},
          time,
          padded_at_front};
}

SampleBatch sample_batch(int reviews, int time, int vocabulary, std::uint64_t seed, PaddingSide side) {
  RandomStream random(seed, 0);
  SampleBatch batch;
  batch.time = time;
  batch.padded_at_front = side == PaddingSide::kFront;
  for (int review = 0; review < reviews; ++review) {
    const int drawn = 1 + static_cast<int>(random.below(static_cast<std::uint32_t>(time)));
    const int length = review == 0 ? time : review == 1 ? 1 : drawn;
    const int first = batch.padded_at_front ? time - length : 0;
    for (int t = 0; t < time; ++t) {
      const bool word = t >= first && t < first + length;
      const auto words = static_cast<std::uint32_t>(vocabulary - 1);
      batch.ids.push_back(word ? 1 + static_cast<std::int32_t>(random.below(words)) : 0);
    }
    batch.lengths.push_back(length);
    batch.labels.push_back(static_cast<std::uint8_t>(review < 2 ? review : random.below(2)));
  }
  return batch;
}

}  // namespace rnnbench
