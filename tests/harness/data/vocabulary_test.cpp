#include "harness/data/vocabulary.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(Vocabulary, ShiftsRanksPastTheSpecialIds) {
  Recipe recipe;
  recipe.start_id = 1;
  recipe.unknown_id = 2;
  recipe.first_word_id = 4;
  const Vocabulary vocabulary({"the", "and"}, recipe);
  EXPECT_EQ(vocabulary.id_of("the"), 4);
  EXPECT_EQ(vocabulary.id_of("and"), 5);
  EXPECT_EQ(vocabulary.id_of("film"), 2);
  EXPECT_EQ(vocabulary.word_of(0), "<pad>");
  EXPECT_EQ(vocabulary.word_of(1), "<start>");
  EXPECT_EQ(vocabulary.word_of(2), "<unknown>");
  EXPECT_EQ(vocabulary.word_of(3), "<unused>");
  EXPECT_EQ(vocabulary.word_of(5), "and");
  EXPECT_EQ(vocabulary.word_of(6), "<unused>");
  EXPECT_EQ(vocabulary.word_of(-1), "<unused>");
}

TEST(Vocabulary, KnowsNoStartWhereTheRecipeHasNone) {
  const Vocabulary vocabulary({"the"}, Recipe{});
  EXPECT_EQ(vocabulary.word_of(1), "<unknown>");
  EXPECT_EQ(vocabulary.word_of(2), "the");
  EXPECT_EQ(vocabulary.word_of(-1), "<unused>");
}

}  // namespace
}  // namespace rnnbench
