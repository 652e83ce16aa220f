#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "harness/data/data_source.hpp"
#include "harness/data/encoder.hpp"
#include "harness/data/tokenizer.hpp"
#include "harness/data/word_counts.hpp"
#include "tests/harness/data/recipe_texts.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAreArray;
using Words = std::vector<std::string>;

TEST(RecipeFiles, HoldTheSettingsOfTheReportedSystems) {
  const auto settings = [](const std::string& name) {
    const Recipe recipe = recipe_file(name);
    EXPECT_EQ(recipe.name, name);
    const bool front = recipe.padding == End::kFront;
    EXPECT_EQ(recipe.truncation, recipe.padding) << name;
    return std::tuple(recipe.vocabulary, recipe.length, recipe.start_id, recipe.unknown_id,
                      recipe.first_word_id, front, recipe.vocabulary_from_all);
  };
  EXPECT_EQ(settings("pytorch-rnn-meanpool"), std::tuple(20000, 200, -1, 1, 2, false, true));
  EXPECT_EQ(settings("keras-imdb"), std::tuple(5000, 132, 1, 2, 4, true, false));
  EXPECT_EQ(settings("keras-simplernn-2layer"), std::tuple(5000, 132, 1, 2, 4, true, false));
  EXPECT_EQ(settings("keras-lstm-2layer"), std::tuple(5000, 132, 1, 2, 4, true, false));
  EXPECT_EQ(settings("keras-lstm60"), std::tuple(20000, 100, 1, 2, 4, true, false));
  EXPECT_EQ(settings("keras-bilstm-word2vec"), std::tuple(45000, 280, -1, 1, 2, true, false));
  EXPECT_EQ(settings("pytorch-lstm-stemmed"), std::tuple(5000, 500, -1, 1, 2, false, false));
  EXPECT_EQ(settings("toy"), std::tuple(256, 40, -1, 1, 2, false, false));
}

TEST(RecipeFiles, CutTextsAsTheirSourcesDo) {
  const std::string text = "I don't LIKE it!<br /><br />The film's_end: 10/10, one of the movies";
  EXPECT_THAT(tokens_of(text, recipe_file("pytorch-rnn-meanpool")),
              ElementsAreArray(Words{"like", "it!the", "film's_end", "/", "one", "movies"}));
  const Words keras = {"i",   "don't", "like", "it",  "br", "br",  "the",   "film's",
                       "end", "10",    "10",   "one", "of", "the", "movies"};
  EXPECT_THAT(tokens_of(text, recipe_file("keras-imdb")), ElementsAreArray(keras));
  EXPECT_THAT(tokens_of(text, recipe_file("keras-bilstm-word2vec")), ElementsAreArray(keras));
  EXPECT_THAT(tokens_of(text, recipe_file("pytorch-lstm-stemmed")),
              ElementsAreArray(Words{"like", "film", "end", "10", "10", "one", "movi"}));
  EXPECT_THAT(tokens_of("Not good, but great.", recipe_file("toy")),
              ElementsAreArray(Words{"not", "good", "but", "great"}));
}

TEST(RecipeFiles, FilterEachOfKerasCharacters) {
  for (const char c : std::string("!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n")) {
    EXPECT_EQ(tokens_of(std::string("a") + c + "b", recipe_file("keras-imdb")).size(), 2U) << c;
  }
  for (const char c : std::string("'0\r\x0b")) {
    EXPECT_EQ(tokens_of(std::string("a") + c + "b", recipe_file("keras-imdb")).size(), 1U) << int{c};
  }
}

/// As it was at the start: other tests change it.
const char* const kRealData = std::getenv("RNNBENCH_DATA");

/// The facts that the reference gives for the real reviews.
class RealReviews : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (kRealData == nullptr) return;
    reviews_ = std::make_unique<ReviewSet>(read_reviews(find_data("imdb", std::string(kRealData)), {}));
  }
  static void TearDownTestSuite() { reviews_.reset(); }
  void SetUp() override {
    if (reviews_ == nullptr) GTEST_SKIP() << "RNNBENCH_DATA names no folder with the real reviews";
  }

  static std::vector<std::string_view> texts(bool train_only) {
    std::vector<std::string_view> found;
    for (const Review& review : reviews_->reviews()) {
      if (!train_only || review.part == Part::kTrain) found.push_back(review.text);
    }
    return found;
  }
  static long rank(const WordCounts& counts, const std::string& word) {
    return std::ranges::find(counts.words, word) - counts.words.begin() + 1;
  }

  static inline std::unique_ptr<ReviewSet> reviews_;
};

TEST_F(RealReviews, GiveTheTokensOfPytorchRnnMeanpool) {
  const Recipe recipe = recipe_file("pytorch-rnn-meanpool");
  const WordCounts counts = count_words(texts(false), recipe, 0, {});
  EXPECT_EQ(counts.words.size(), 303'150U);

  const auto all = texts(false);
  const auto review = std::ranges::find_if(all, [](std::string_view text) {
    return text.starts_with("One of the other reviewers has mentioned");
  });
  ASSERT_NE(review, all.end());
  Words tokens = tokens_of(*review, recipe);
  tokens.resize(11);
  EXPECT_THAT(tokens, ElementsAreArray(Words{"one", "reviewers", "mentioned", "watching", "oz", "episode",
                                             "hooked", "right", "exactly", "happened", "methe"}));
  // As the write-up prints them; ranks of rare words move with the order of equally common ones.
  const std::vector<double> published = {4, 1831, 919, 55, 3806, 282, 2983, 112, 456, 453};
  const EncodedText encoded =
      encode_text(*review, recipe, Words(counts.words.begin(), counts.words.begin() + 19'998));
  EXPECT_EQ(encoded.ids[0], 4);
  for (std::size_t i = 0; i < published.size(); ++i) {
    EXPECT_NEAR(encoded.ids[i], published[i], 0.005 * published[i]) << tokens[i];
  }
}

TEST_F(RealReviews, GiveTheWordsOfKeras) {
  const WordCounts counts = count_words(texts(true), recipe_file("keras-imdb"), 0, {});
  EXPECT_EQ(counts.words.size(), 88'582U);
  EXPECT_NEAR(static_cast<double>(counts.tokens) / 25'000, 237.71, 0.005);
  const Words commonest = {"the",  "and",  "a",   "of", "to",  "is",   "br",    "in",  "it",   "i",
                           "this", "that", "was", "as", "for", "with", "movie", "but", "film", "on"};
  EXPECT_THAT(Words(counts.words.begin(), counts.words.begin() + 20), ElementsAreArray(commonest));
  // Published ranks; equally common words may change places.
  EXPECT_NEAR(rank(counts, "woods"), 1408, 7);
  EXPECT_NEAR(rank(counts, "woody"), 2289, 11);
  EXPECT_NEAR(rank(counts, "hanging"), 2345, 11);
}

TEST_F(RealReviews, GiveTheStemsOfPytorchLstmStemmed) {
  const WordCounts counts = count_words(texts(true), recipe_file("pytorch-lstm-stemmed"), 0, {});
  EXPECT_THAT(Words(counts.words.begin(), counts.words.begin() + 5),
              ElementsAreArray(Words{"movi", "film", "one", "like", "time"}));
}

}  // namespace
}  // namespace rnnbench
