#include "harness/data/vector_corpus.hpp"

#include <gmock/gmock.h>

#include <string>

namespace rnnbench {
namespace {

using testing::ElementsAre;

Recipe words_at_spaces() {
  Recipe recipe;
  recipe.steps = {{"lower", "", ""}, {"split", " ", ""}};
  recipe.vocabulary = 3;  // of less than there are
  recipe.length = 1;
  return recipe;
}

/// Four reviews: two to train, one to validate, one to test.
DataSpec quarters() {
  DataSpec spec;
  spec.split = {.kind = SplitKind::kInOrder, .train = 0.5, .validation = 0.25, .test = 0.25};
  return spec;
}

std::vector<std::string> words_of(const VectorCorpus& corpus) {
  std::vector<std::string> words;
  for (const TokenCorpus::Slice& slice : corpus.tokens.slices) {
    for (const std::uint32_t token : slice.tokens) {
      words.emplace_back(corpus.tokens.table[slice.global[token]]);
    }
  }
  return words;
}

class VectorCorpusOf : public testing::Test {
 protected:
  VectorCorpusOf() {
    for (const char* text : {"Good one", "dull", "valid", "test this"}) {
      reviews_.add(text, 0, Part::kNone, -1, 0);
    }
  }
  VectorCorpus corpus(std::vector<std::string> unlabelled) {
    return vector_corpus(reviews_, {"", std::move(unlabelled)}, quarters(), words_at_spaces(), {});
  }
  ReviewSet reviews_;
};

// Catches: a held-out review's words among those trained on; words cut off at the recipe's vocabulary.
TEST_F(VectorCorpusOf, TrainingThenUnlabelledReviewsAndNoOthers) {
  const VectorCorpus made = corpus({"Some more", "good"});
  EXPECT_THAT(words_of(made), ElementsAre("good", "one", "dull", "some", "more", "good"));
  EXPECT_EQ(made.training, 2U);
  EXPECT_EQ(made.unlabelled, 2U);
  EXPECT_EQ(made.left_out, 0U);
  EXPECT_EQ(made.tokens.counted_tokens, 6U);
}

TEST_F(VectorCorpusOf, LeavesOutTextsThatAreHeldOut) {
  reviews_ = {};
  for (const char* text : {"test this", "dull", "valid", "test this"}) {
    reviews_.add(text, 0, Part::kNone, -1, 0);
  }
  const VectorCorpus made = corpus({"valid", "more"});
  EXPECT_THAT(words_of(made), ElementsAre("dull", "more"));
  EXPECT_EQ(made.training, 1U);
  EXPECT_EQ(made.unlabelled, 1U);
  EXPECT_EQ(made.left_out, 2U);
}

TEST_F(VectorCorpusOf, DigestTellsTextsApart) {
  const std::string digest = corpus({"a b"}).digest;
  EXPECT_EQ(corpus({"a b"}).digest, digest);
  EXPECT_NE(corpus({"a", "b"}).digest, digest);
  EXPECT_NE(corpus({"b a"}).digest, digest);
}

}  // namespace
}  // namespace rnnbench
