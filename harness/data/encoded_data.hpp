#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/data/batch.hpp"
#include "harness/data/recipe.hpp"

namespace rnnbench {

/// One part of an encoded data set, row-major; views into memory that EncodedData keeps alive.
struct EncodedPart {
  std::span<const std::int32_t> ids;      ///< [reviews, time]
  std::span<const std::int32_t> lengths;  ///< [reviews], tokens kept, start symbol included, in [0, time]
  std::span<const std::uint8_t> labels;   ///< [reviews]
  std::string digest;  ///< SHA-256 over the part's texts and labels in order; independent of the recipe
  std::span<const std::uint8_t> ratings = {};       ///< [reviews], stars 1 to 10, 0: the source doesn't say
  std::span<const std::uint32_t> plain_words = {};  ///< [reviews], see plain_words.hpp

  std::size_t reviews() const { return labels.size(); }
};

/// Reviews as padded ids, by part, and the recipe's words. Copies share the memory.
struct EncodedData {
  std::shared_ptr<const void> memory;  ///< the mapped cache file
  int time = 0;
  int vocabulary = 0;  ///< as the recipe asks for; the data may have fewer words
  std::int32_t padding_id = 0;
  bool padded_at_front = false;
  EncodedPart train, validation, test;
  std::vector<std::string> words;  ///< by rank, see Vocabulary

  /// Rows [first, first + count) of `part`, without a copy; `part` outlives the batch.
  Batch rows(const EncodedPart& part, std::size_t first, std::size_t count) const;
};

/// Copies rows of a part, in any order, into memory of its own. Reused from step to step.
class BatchBuffer {
 public:
  /// The returned view is valid until the next call, and as long as `part` and `rows` live.
  Batch gather(const EncodedData& data, const EncodedPart& part, std::span<const std::uint32_t> rows);

 private:
  std::vector<std::int32_t> ids_;
  std::vector<std::int32_t> lengths_;
  std::vector<std::uint8_t> labels_;
};

/// The order in which epoch `epoch` (from 1) visits `reviews` reviews: a seeded shuffle
/// (RunSeeds::order), the same for every engine.
std::vector<std::uint32_t> epoch_order(std::size_t reviews, std::uint64_t seed, int epoch);

}  // namespace rnnbench
