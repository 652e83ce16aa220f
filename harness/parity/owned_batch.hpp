#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/data/encoded_data.hpp"
#include "harness/model/parameters.hpp"

namespace rnnbench {

/// A batch that owns its reviews, so that it can be cut and changed. Shapes as in Batch.
struct OwnedBatch {
  std::vector<std::int32_t> ids;
  std::vector<std::int32_t> lengths;
  std::vector<std::uint8_t> labels;
  int time = 0;
  std::int32_t padding_id = 0;
  bool padded_at_front = false;

  /// A view, valid as long as this lives unchanged.
  Batch view() const;
};

OwnedBatch copy_of(const Batch& batch);

/// The first `reviews` of a batch, or all where it has fewer.
OwnedBatch first_reviews(const OwnedBatch& batch, int reviews);

/// The `time` steps at the end that words stand at, or all where there are fewer.
OwnedBatch shortened(const OwnedBatch& batch, int time);

struct NamedBatch {
  std::string name;
  OwnedBatch batch;
};

/// Batches of the training reviews on which engines differ first: `reviews` of them, one, one that is cut to
/// one word, a single time step, reviews of padding only, and the longest.
std::vector<NamedBatch> odd_batches(const EncodedData& data, int reviews, std::uint64_t order_seed);

/// The vocabulary cut to the words of a batch and a few that it lacks, so that a comparison of whole steps
/// doesn't move a large embedding.
struct SmallVocabulary {
  std::vector<std::int32_t> kept;  ///< the old ids, ascending; their places are the new ones
  OwnedBatch batch;                ///< with the new ids

  int size() const { return static_cast<int>(kept.size()); }
  /// A state (weights, optimiser state) with the rows of these words only.
  Parameters rows_of(const Parameters& state) const;
};
SmallVocabulary small_vocabulary(const OwnedBatch& batch, int vocabulary);

}  // namespace rnnbench
