#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/data/skip_gram_settings.hpp"
#include "harness/data/token_corpus.hpp"

namespace rnnbench {

/// Vectors of words, by number in the corpus' table, the commonest first.
struct SkipGramVectors {
  std::vector<std::uint32_t> words;
  std::vector<float> rows;  ///< [words, dimensions]
};

/// Told as training goes on: a share from 0 to 1.
using TrainProgress = std::function<void(double done)>;

/// Trains vectors of the corpus' words with fastText, in a process of its own. fastText sees the words'
/// numbers, so that a word may hold any byte. Throws DataError where no word occurs settings.min_count times;
/// EnvironmentError where the process can't be started or fails; Interrupted within a tenth of a second.
SkipGramVectors run_skip_gram(const TokenCorpus& corpus, const SkipGramSettings& settings,
                              const TrainProgress& progress, const std::stop_token& stop);

}  // namespace rnnbench
