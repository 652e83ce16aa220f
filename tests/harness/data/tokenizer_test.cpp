#include "harness/data/tokenizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/harness/data/recipe_texts.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const RecipeStep kSplit = {"split", "whitespace", ""};

TEST(Tokenizer, RunsTextStepsInOrder) {
  const RecipeStep lower = {"lower", "", ""};
  const RecipeStep no_capitals = {"delete", "[A-Z]", ""};
  EXPECT_THAT(tokens_of("AbC", recipe_with({lower, no_capitals, kSplit})), ElementsAre("abc"));
  EXPECT_THAT(tokens_of("AbC", recipe_with({no_capitals, lower, kSplit})), ElementsAre("b"));
}

TEST(Tokenizer, SplitsOnOneCharacterOrOnWhitespaceAndLeavesNoEmptyToken) {
  const std::string text = "  a\tb  c\n";
  EXPECT_THAT(tokens_of(text, recipe_with({{"split", " ", ""}})), ElementsAre("a\tb", "c\n"));
  EXPECT_THAT(tokens_of(text, recipe_with({kSplit})), ElementsAre("a", "b", "c"));
}

TEST(Tokenizer, DropsAndStemsInOrder) {
  const RecipeStep drop = {"drop", "english-198", ""};
  const RecipeStep stem = {"stem", "porter", ""};
  // "doing" is on the list; its stem "do" is too; "whys" isn't, and its stem "whi" isn't either.
  EXPECT_THAT(tokens_of("doing movies", recipe_with({kSplit, drop, stem})), ElementsAre("movi"));
  EXPECT_THAT(tokens_of("ifs movies", recipe_with({kSplit, drop, stem})), ElementsAre("if", "movi"));
  EXPECT_THAT(tokens_of("ifs movies", recipe_with({kSplit, stem, drop})), ElementsAre("movi"));
}

TEST(Tokenizer, KnowsBothOfPortersAlgorithms) {
  EXPECT_THAT(tokens_of("one play dying", recipe_with({kSplit, {"stem", "porter", ""}})),
              ElementsAre("on", "plai", "dy"));
  EXPECT_THAT(tokens_of("one play dying", recipe_with({kSplit, {"stem", "english", ""}})),
              ElementsAre("one", "play", "die"));
}

TEST(Tokenizer, ForgetsTheTextBefore) {
  Tokenizer tokenizer(recipe_with({{"lower", "", ""}, kSplit}));
  std::vector<std::string> pieces;
  const auto keep = [&](std::string_view piece) { pieces.emplace_back(piece); };
  tokenizer.split("A longer text", keep);
  tokenizer.split("", keep);
  tokenizer.split("B", keep);
  EXPECT_THAT(pieces, ElementsAre("a", "longer", "text", "b"));
}

TEST(Tokenizer, TakesHostileTexts) {
  using namespace std::string_literals;
  const Recipe recipe = recipe_with({{"lower", "", ""},
                                     {"replace", "[^a-z]+", " "},
                                     kSplit,
                                     {"drop", "english-198", ""},
                                     {"stem", "porter", ""}});
  EXPECT_THAT(tokens_of("", recipe), IsEmpty());
  EXPECT_THAT(tokens_of(" \n\t ", recipe), IsEmpty());
  EXPECT_THAT(tokens_of("the AND of", recipe), IsEmpty());
  EXPECT_THAT(tokens_of("film\0noir"s, recipe), ElementsAre("film", "noir"));
  EXPECT_THAT(tokens_of("film\xFFnoir", recipe), ElementsAre("film\xFFnoir"));
  const std::vector<std::string> large = tokens_of(std::string(1'000'000, 'Z'), recipe);
  EXPECT_THAT(large, ElementsAre(std::string(1'000'000, 'z')));
}

}  // namespace
}  // namespace rnnbench
