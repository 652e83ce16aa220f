#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "harness/data/recipe.hpp"
#include "harness/data/token_table.hpp"

namespace rnnbench {

/// Texts as numbers of tokens. Texts are cut into consecutive slices, one a thread; a slice numbers its
/// tokens by itself, and `global` gives their numbers in `table`.
struct TokenCorpus {
  struct Slice {
    std::size_t first = 0;              ///< its first text
    std::vector<std::uint32_t> tokens;  ///< of all its texts, one after another
    std::vector<std::size_t> ends;      ///< by text: where its tokens end in `tokens`
    std::vector<std::uint32_t> global;  ///< slice's number -> number in `table`
  };
  std::vector<Slice> slices;
  TokenTable table;                   ///< all distinct tokens, in the order first seen
  std::vector<std::uint32_t> counts;  ///< by number in `table`: occurrences in the counted texts
  std::uint64_t counted_tokens = 0;   ///< sum of `counts`

  /// Numbers of the tokens that occur in the counted texts, the commonest first; of equally common ones,
  /// the one first seen.
  std::vector<std::uint32_t> by_rank() const;
};

/// Runs `recipe` over `texts` on `threads` threads (0: default_threads()) and counts tokens over the first
/// `counted` of them. The result doesn't depend on `threads`, slices apart. Throws ConfigError, and
/// Interrupted when asked to stop.
TokenCorpus tokenize(std::span<const std::string_view> texts, std::size_t counted, const Recipe& recipe,
                     int threads, const std::stop_token& stop);

}  // namespace rnnbench
