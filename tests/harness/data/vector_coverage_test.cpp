#include "harness/data/vector_coverage.hpp"

#include <gmock/gmock.h>

#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

TEST(VectorCoverage, IsOfWordsAndOfTheirTokens) {
  const TestFolder folder;
  const auto path = folder.path() / "v.txt";
  write_text(path, "good 1 0\nrare 2 2\n");
  Recipe recipe;
  recipe.padding_id = 0, recipe.start_id = 1, recipe.unknown_id = 2, recipe.first_word_id = 3;
  // good: 3, dull: 4, rare: 5
  const std::vector<std::int32_t> train = {0, 1, 3, 3, 4, 2}, test = {0, 0, 5};
  EncodedData data;
  data.vocabulary = 6;
  data.words = {"good", "dull", "rare"};
  data.train.ids = train;
  data.test.ids = test;

  const VectorCoverage coverage = vector_coverage(path, 2, data, recipe, {});
  EXPECT_EQ(coverage.words, 3U);
  EXPECT_EQ(coverage.found, 2U);
  EXPECT_DOUBLE_EQ(coverage.training_tokens, 0.5);  // not of padding and start; the unknown word has none
  EXPECT_DOUBLE_EQ(coverage.test_tokens, 1);
}

}  // namespace
}  // namespace rnnbench
