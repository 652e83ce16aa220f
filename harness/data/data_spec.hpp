#pragma once

#include <cstdint>
#include <string>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// How a data set becomes train, validation and test.
enum class SplitKind {
  kOfficial,  ///< the source's own train and test
  kInOrder,   ///< by fractions, in the source's order
  kShuffled,  ///< by fractions, after a seeded shuffle
};

struct SplitSpec {
  SplitKind kind = SplitKind::kOfficial;
  double train = 0;  ///< fractions of all reviews, for kInOrder and kShuffled; they add up to 1
  double validation = 0;
  double test = 0;
  std::uint64_t seed = 0;  ///< of kShuffled
};

/// At most so many reviews of a part, stratified by label and drawn with `seed`; 0: all.
struct LimitSpec {
  int train = 0;
  int validation = 0;
  int test = 0;
  std::uint64_t seed = 0;
};

/// Which reviews, and which of them train, validate and test. The `[data]` table of an experiment:
///
///   set        = "imdb" | "toy"
///   split      = { kind = "official" } | { kind = "in_order" | "shuffled", train = 0.64, … , seed = 1 }
///   validation = 0.2     # fraction taken from the end of train, where the split gives none
///   repeats    = "drop"  # else "keep": a text that also stands in a later part is taken out of the earlier
///   one limit      = { train = 5000 }
struct DataSpec {
  std::string set;
  SplitSpec split;
  double validation = 0;
  bool drop_repeats = false;  ///< texts of test out of train and validation, those of validation out of train
  LimitSpec limit;
};

DataSpec read_data_spec(SettingsReader reader);
Json to_json(const DataSpec& spec);

}  // namespace rnnbench
