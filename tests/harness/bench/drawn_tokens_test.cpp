#include "harness/bench/drawn_tokens.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rnnbench {
namespace {

Recipe small_recipe(End padding) {
  Recipe recipe;
  recipe.vocabulary = 1'000;
  recipe.length = 50;
  recipe.padding = padding;
  recipe.padding_id = 3;
  return recipe;
}

TEST(DrawnTokens, ArePaddedAsTheRecipeSaysAndWithinTheVocabulary) {
  for (const End end : {End::kFront, End::kBack}) {
    const EncodedData data = drawn_tokens(small_recipe(end), 200, 1);
    ASSERT_EQ(data.train.reviews(), 200U);
    EXPECT_EQ(data.padded_at_front, end == End::kFront);
    for (std::size_t review = 0; review < 200; ++review) {
      const auto ids = data.train.ids.subspan(review * 50, 50);
      const auto length = static_cast<std::size_t>(data.train.lengths[review]);
      ASSERT_GE(length, 5U);
      ASSERT_LE(length, 50U);
      const auto words = end == End::kFront ? ids.last(length) : ids.first(length);
      const auto padding = end == End::kFront ? ids.first(50 - length) : ids.last(50 - length);
      EXPECT_TRUE(std::ranges::all_of(words, [](int id) { return id >= 0 && id < 1'000 && id != 3; }));
      EXPECT_TRUE(std::ranges::all_of(padding, [](int id) { return id == 3; }));
    }
  }
}

TEST(DrawnTokens, RepeatFewWordsOften) {
  const EncodedData data = drawn_tokens(small_recipe(End::kBack), 200, 1);
  const std::set<std::int32_t> distinct(data.train.ids.begin(), data.train.ids.end());
  EXPECT_GT(distinct.size(), 300U);
  const auto commonest = std::ranges::count_if(data.train.ids, [](int id) { return id < 20 && id != 3; });
  EXPECT_GT(commonest, std::ssize(data.train.ids) / 5) << "the first twenty of a thousand";
}

TEST(DrawnTokens, FollowFromTheSeed) {
  const auto ids = [](std::uint64_t seed) {
    const EncodedData data = drawn_tokens(small_recipe(End::kBack), 20, seed);
    return std::vector<std::int32_t>(data.train.ids.begin(), data.train.ids.end());
  };
  EXPECT_EQ(ids(5), ids(5));
  EXPECT_NE(ids(5), ids(6));
}

TEST(DrawnTokens, FitIntoTheSmallestRecipe) {
  Recipe recipe = small_recipe(End::kBack);
  recipe.vocabulary = 2;
  recipe.length = 1;
  recipe.padding_id = 0;
  const EncodedData data = drawn_tokens(recipe, 3, 1);
  EXPECT_TRUE(std::ranges::all_of(data.train.ids, [](int id) { return id == 1; }));
}

}  // namespace
}  // namespace rnnbench
