#include "tests/benchmarks/token_batches.hpp"

#include <cstdlib>

#include "harness/bench/drawn_tokens.hpp"
#include "tests/impls/registry/review_batches.hpp"

namespace rnnbench {

TokenBatches token_batches(std::size_t count, int reviews, int time, int vocabulary) {
  if (std::getenv("RNNBENCH_DATA") != nullptr) {
    return {"IMDb tokens", review_batches("imdb", "pytorch-rnn-meanpool", vocabulary, time, count, reviews)};
  }
  Recipe recipe;
  recipe.vocabulary = vocabulary;
  recipe.length = time;
  recipe.padding = End::kBack;
  const EncodedData drawn = drawn_tokens(recipe, count * static_cast<std::size_t>(reviews), /*seed=*/1);
  return {"drawn tokens", epoch_batches(drawn, count, reviews)};
}

}  // namespace rnnbench
