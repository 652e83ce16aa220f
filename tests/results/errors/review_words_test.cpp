#include "results/errors/review_words.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(ReviewWords, CountsRunsOfLettersDigitsAndApostrophes) {
  EXPECT_EQ(words_of_review("It's a 10/10, <br />twice!").words, 6U);  // it's a 10 10 br twice
  EXPECT_EQ(words_of_review("").words, 0U);
  EXPECT_EQ(words_of_review("end").words, 1U);
}

TEST(ReviewWords, FindsNegationAndContrastAsWholeWordsInAnyCase) {
  EXPECT_TRUE(words_of_review("NOT good").negates);
  EXPECT_TRUE(words_of_review("I didn't, sorry").negates);
  EXPECT_FALSE(words_of_review("a notable noise, a want").negates);
  EXPECT_TRUE(words_of_review("fine.But long").contrasts);
  EXPECT_FALSE(words_of_review("a butler, nothing else").contrasts);
  EXPECT_TRUE(words_of_review("a butler, nothing else").negates);
}

}  // namespace
}  // namespace rnnbench
