#pragma once

#include "harness/core/settings.hpp"

namespace rnnbench {

/// How skip-gram with negative sampling is trained (Mikolov et al. 2013, "Distributed Representations of
/// Words and Phrases and their Compositionality"). What isn't given is as in fastText, save that a word has
/// no vectors of its parts: only whole words of the vocabulary are ever looked up.
struct SkipGramSettings {
  int dimensions = 300;
  int epochs = 5;
  int window = 5;               ///< a word's neighbours: 1 to so many on each side, drawn for each word
  int min_count = 5;            ///< words that are rarer have no vector
  int negative = 5;             ///< words drawn against each neighbour
  double learning_rate = 0.05;  ///< falls linearly to 0
  double sample = 1e-4;         ///< words more frequent than this are left out at times
  int seed = 1;
  int threads = 1;  ///< with one, the same settings give the same bytes; more write over each other's steps
};

Json to_json(const SkipGramSettings& settings);
/// Back from to_json().
SkipGramSettings skip_gram_settings(const Json& json);

}  // namespace rnnbench
