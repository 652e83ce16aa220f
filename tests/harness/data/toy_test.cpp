#include "harness/data/toy.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "harness/data/data_source.hpp"

namespace rnnbench {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::string spaced;
  for (std::size_t at = text.find("<br /><br />"); at != std::string_view::npos;
       at = text.find("<br /><br />")) {
    spaced.append(text.substr(0, at)) += ' ';
    text.remove_prefix(at + 12);
  }
  spaced.append(text);
  for (char& c : spaced) c = c == '.' || c == ',' ? ' ' : static_cast<char>(std::tolower(c));
  std::istringstream stream(spaced);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// Space-separated pieces, punctuation and all, sorted.
std::vector<std::string> bag_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> bag{std::istream_iterator<std::string>(stream), {}};
  std::sort(bag.begin(), bag.end());
  return bag;
}

TEST(Toy, HasBalancedPartsAndNoDuplicates) {
  const DataFacts facts = data_facts(make_toy_reviews());
  EXPECT_EQ(facts.reviews, 3000);
  EXPECT_EQ(facts.train, 2000);
  EXPECT_EQ(facts.test, 1000);
  EXPECT_EQ(facts.positive, 1500);
  EXPECT_EQ(facts.distinct, 3000);
  EXPECT_EQ(facts.invalid_utf8, 0);
}

// The bytes are part of every result on toy: this digest changes only when the grammar is meant to change.
TEST(Toy, IsTheSameEverywhere) {
  EXPECT_EQ(data_facts(make_toy_reviews()).fingerprint,
            "fe1ad886dfb8ffa909bd4d3e7bee9a477d8b87ac4adfe973762d6b0dc8874a14");
}

TEST(Toy, ReadsLikeReviews) {
  const ReviewSet toy = make_toy_reviews();
  std::set<std::string> vocabulary;
  std::size_t shortest = 1000, longest = 0, breaks = 0;
  for (const Review& review : toy.reviews()) {
    const std::vector<std::string> words = words_of(review.text);
    vocabulary.insert(words.begin(), words.end());
    shortest = std::min(shortest, words.size());
    longest = std::max(longest, words.size());
    breaks += review.text.find("<br />") != std::string_view::npos ? 1 : 0;
    EXPECT_TRUE(std::isupper(review.text.front()) && review.text.back() == '.') << review.text;
    EXPECT_EQ(review.text.find_first_of("{}"), std::string_view::npos) << review.text;
  }
  EXPECT_THAT(vocabulary.size(), testing::AllOf(testing::Ge(100), testing::Le(200)));
  EXPECT_GE(shortest, 7);
  EXPECT_LE(longest, 42);
  EXPECT_THAT(breaks, testing::AllOf(testing::Gt(300), testing::Lt(1000)));
}

// Whatever looks at a bag of words (punctuation and capitals included) answers the same for both twins and
// so is right on exactly half.
TEST(Toy, HoldsEachBagOfWordsOnceWithEachLabel) {
  const ReviewSet toy = make_toy_reviews();
  for (std::size_t i = 0; i < toy.size(); i += 2) {
    const Review& negative = toy.reviews()[i];
    const Review& positive = toy.reviews()[i + 1];
    ASSERT_EQ(negative.label, 0);
    ASSERT_EQ(positive.label, 1);
    ASSERT_EQ(negative.part, positive.part);
    ASSERT_EQ(bag_of(negative.text), bag_of(positive.text));
  }
}

/// Accuracy on test of logistic regression on word counts, trained by gradient steps on train.
double bag_of_words_accuracy(const ReviewSet& toy) {
  std::map<std::string, double> weights;
  const auto score = [&](const std::vector<std::string>& words) {
    double sum = 0;
    for (const std::string& word : words) sum += weights[word];
    return sum;
  };
  for (int epoch = 0; epoch < 3; ++epoch) {
    for (const Review& review : toy.reviews()) {
      if (review.part != Part::kTrain) continue;
      const std::vector<std::string> words = words_of(review.text);
      const double error = review.label - 1 / (1 + std::exp(-score(words)));
      for (const std::string& word : words) weights[word] += 0.02 * error;
    }
  }
  double right = 0, reviews = 0;
  for (const Review& review : toy.reviews()) {
    if (review.part != Part::kTest) continue;
    right += (score(words_of(review.text)) > 0) == (review.label == 1) ? 1 : 0;
    ++reviews;
  }
  return right / reviews;
}

TEST(Toy, CannotBeSolvedByABagOfWords) { EXPECT_LT(bag_of_words_accuracy(make_toy_reviews()), 0.6); }

/// Reads the words in order: 1 or 0 as a person would.
int label_by_reading(const std::vector<std::string>& words) {
  static const std::set<std::string> kGood = {"great", "superb", "lovely", "clever", "charming", "funny"};
  static const std::set<std::string> kBad = {"awful", "boring", "dull", "clumsy", "stupid", "weak"};
  std::vector<int> opinions;
  bool first_counts = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    first_counts |= words[i] == "even" && words[i + 1] == "though";
    if (!kGood.contains(words[i]) && !kBad.contains(words[i])) continue;
    const bool negated = i > 0 && words[i - 1] == "not";
    opinions.push_back(kGood.contains(words[i]) != negated ? 1 : 0);
  }
  return first_counts ? opinions.front() : opinions.back();
}

TEST(Toy, IsSolvedByReadingInOrder) {
  const ReviewSet toy = make_toy_reviews();
  for (const Review& review : toy.reviews()) {
    EXPECT_EQ(label_by_reading(words_of(review.text)), review.label) << review.text;
  }
}

TEST(Toy, DecidesEarlyInMostReviews) {
  const ReviewSet toy = make_toy_reviews();
  int early = 0, reviews = 0;
  for (std::size_t i = 0; i < toy.size(); i += 2, ++reviews) {
    std::vector<std::string> negative = words_of(toy.reviews()[i].text);
    std::vector<std::string> positive = words_of(toy.reviews()[i + 1].text);
    negative.resize(std::min<std::size_t>(20, negative.size()));
    positive.resize(std::min<std::size_t>(20, positive.size()));
    early += negative != positive ? 1 : 0;
  }
  EXPECT_GT(early, 0.75 * reviews);
  EXPECT_LT(early, 0.95 * reviews);
}

}  // namespace
}  // namespace rnnbench
