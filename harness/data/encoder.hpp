#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>

#include "harness/data/data_source.hpp"
#include "harness/data/data_spec.hpp"
#include "harness/data/encoded_data.hpp"
#include "harness/data/encoded_image.hpp"
#include "harness/data/recipe.hpp"
#include "harness/data/vocabulary.hpp"

namespace rnnbench {

/// Where the time of an encoding went.
struct EncodeTimes {
  double read_seconds = 0;    ///< reading and decompressing
  double encode_seconds = 0;  ///< cleaning, tokenising, counting, encoding; or opening the cache
  double store_seconds = 0;   ///< writing the cache file
  bool from_cache = false;
  std::string note;  ///< why a cache file was not used or not written; "" where nothing is to be said
};

/// Splits and encodes `reviews` in memory, on `threads` threads (0: one a processor, at most 8); the result
/// doesn't depend on how many. The words are counted over the train part as split and limited, or over all
/// three. `key` is stored with the result. Throws ConfigError, Interrupted.
EncodedImage encode_reviews(const ReviewSet& reviews, const DataSpec& spec, const Recipe& recipe,
                            const std::string& key, int threads, const std::stop_token& stop);

/// What an encoding depends on, as 64 hexadecimal digits: the data, `spec` and `recipe`, its name apart.
std::string encoding_key(const std::string& fingerprint, const DataSpec& spec, const Recipe& recipe);

/// The data set of `spec` under `recipe`, from the cache folder's `encoded/` where a sound file with the
/// same data, split and recipe is; else read, encoded, written there atomically and mapped. A damaged or
/// stale file is rebuilt; where the folder can't be written the data stays in memory. Throws DataError,
/// ConfigError, Interrupted. Safe to call from several threads; they take turns.
EncodedData load_encoded(const DataLocation& location, const DataSpec& spec, const Recipe& recipe,
                         const std::stop_token& stop, EncodeTimes* times = nullptr);

/// Ids of one text under `recipe`, cut and padded to its length; for `predict`.
struct EncodedText {
  std::vector<std::int32_t> ids;  ///< [time]
  std::int32_t length = 0;
};
EncodedText encode_text(std::string_view text, const Recipe& recipe, const std::vector<std::string>& words);

/// The same of tokens that the recipe's steps gave.
EncodedText encode_tokens(std::span<const std::string> tokens, const Recipe& recipe,
                          const Vocabulary& vocabulary);

}  // namespace rnnbench
