#include "harness/data/recipe_facts.hpp"

#include <gmock/gmock.h>

#include "tests/harness/data/recipe_texts.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;

const std::vector<std::string> kTrain = {"a b a c a b a", "b", "d a"};
const std::vector<std::string> kTest = {"a x", "x y a b", "c"};

RecipeFacts facts_of(const Recipe& recipe, int threads = 2, const DataSpec& spec = {}) {
  return recipe_facts(reviews_of(kTrain, kTest), spec, recipe,
                      {.words = 2, .examples = 2, .example_tokens = 3}, threads, {});
}

/// Two ids of words: a (5 times in train) and b (3); c and d are unknown.
Recipe two_words() {
  Recipe recipe = plain_recipe();
  recipe.vocabulary = 4;
  return recipe;
}

TEST(RecipeFacts, CountTokensAndUnknownOnesByPart) {
  const RecipeFacts facts = facts_of(two_words());
  ASSERT_EQ(facts.parts.size(), 2U);
  const PartFacts& train = facts.parts[0];
  EXPECT_EQ(train.name, "train");
  EXPECT_THAT(train.tokens, ElementsAre(7, 1, 2));
  EXPECT_EQ(train.all_tokens, 10U);
  EXPECT_EQ(train.unknown_tokens, 2U);
  EXPECT_EQ(train.distinct, 4U);
  EXPECT_EQ(train.unknown_distinct, 2U);
  EXPECT_EQ(train.cut, 1U);
  const PartFacts& test = facts.parts[1];
  EXPECT_EQ(test.name, "test");
  EXPECT_THAT(test.tokens, ElementsAre(2, 4, 1));
  EXPECT_EQ(test.unknown_tokens, 4U);
  EXPECT_EQ(test.distinct, 5U);
  EXPECT_EQ(test.unknown_distinct, 3U);
  EXPECT_EQ(facts.distinct, 4U);
  EXPECT_EQ(facts.known, 2U);
}

TEST(RecipeFacts, NameTheCommonestWordsAndTheFirstIds) {
  const RecipeFacts facts = facts_of(two_words());
  ASSERT_EQ(facts.common.size(), 2U);
  EXPECT_EQ(facts.common[0].word, "a");
  EXPECT_EQ(facts.common[0].count, 5U);
  EXPECT_EQ(facts.common[0].id, 2);
  EXPECT_EQ(facts.common[1].word, "b");
  ASSERT_EQ(facts.examples.size(), 2U);
  EXPECT_THAT(facts.examples[0].tokens, ElementsAre("a", "b", "a"));
  EXPECT_THAT(facts.examples[0].ids, ElementsAre(2, 3, 2));
  EXPECT_THAT(facts.examples[1].ids, ElementsAre(3));
  EXPECT_EQ(facts.examples[1].label, 1);
}

TEST(RecipeFacts, CountTheStartSymbolInTheLengthThatIsCutAlone) {
  Recipe recipe = two_words();
  recipe.start_id = 1;
  recipe.unknown_id = 2;
  recipe.first_word_id = 3;
  recipe.length = 7;
  const RecipeFacts facts = facts_of(recipe);
  EXPECT_EQ(facts.parts[0].cut, 1U);
  EXPECT_EQ(facts.parts[0].tokens[0], 7U);
  EXPECT_THAT(facts.examples[1].tokens, ElementsAre("<start>", "b"));
  EXPECT_EQ(facts.known, 1U);
}

TEST(RecipeFacts, CountOverAllPartsWhereTheRecipeDoes) {
  Recipe recipe = two_words();
  recipe.vocabulary_from_all = true;
  EXPECT_EQ(facts_of(recipe).distinct, 6U);
}

TEST(RecipeFacts, DoNotDependOnThreadsAndLeaveOutEmptyParts) {
  DataSpec spec;
  spec.validation = 0.34;
  const RecipeFacts one = facts_of(two_words(), 1, spec);
  const RecipeFacts many = facts_of(two_words(), 7, spec);
  ASSERT_EQ(one.parts.size(), 3U);
  EXPECT_EQ(one.parts[1].name, "validation");
  for (std::size_t part = 0; part < 3; ++part) {
    EXPECT_EQ(one.parts[part].tokens, many.parts[part].tokens);
    EXPECT_EQ(one.parts[part].unknown_tokens, many.parts[part].unknown_tokens);
  }
}

}  // namespace
}  // namespace rnnbench
