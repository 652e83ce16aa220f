#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "harness/data/data_source.hpp"
#include "harness/data/data_spec.hpp"
#include "harness/data/encoded_data.hpp"
#include "harness/data/recipe.hpp"

namespace rnnbench {

/// Where the time of an encoding went.
struct EncodeTimes {
  double read_seconds = 0;    ///< reading and decompressing
  double encode_seconds = 0;  ///< cleaning, tokenising, counting, encoding; or opening the cache
  bool from_cache = false;
};

/// The data set of `spec` under `recipe`, from the cache folder's `encoded/` where a sound file with the
/// same data, split and recipe is; else read, encoded on up to two threads, written there atomically and
/// mapped. A damaged or stale file is rebuilt. Throws DataError, ConfigError, Interrupted.
EncodedData load_encoded(const DataLocation& location, const DataSpec& spec, const Recipe& recipe,
                         const std::stop_token& stop, EncodeTimes* times = nullptr);

/// Ids of one text under `recipe`, cut and padded to its length; for `predict`.
struct EncodedText {
  std::vector<std::int32_t> ids;  ///< [time]
  std::int32_t length = 0;
};
EncodedText encode_text(std::string_view text, const Recipe& recipe, const std::vector<std::string>& words);

}  // namespace rnnbench
