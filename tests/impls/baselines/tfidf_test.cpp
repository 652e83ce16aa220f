#include "impls/baselines/tfidf.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "harness/core/error.hpp"
#include "tests/impls/baselines/token_rows.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::FloatNear;
using testing::HasSubstr;

TfidfLogisticSpec all_ngrams(int longest) {
  TfidfLogisticSpec spec;
  spec.ngrams = longest;
  spec.min_documents = 1;
  spec.sublinear = false;
  return spec;
}

// Four reviews, of which word 0 is in one, word 1 in two, word 2 in all. scikit-learn's definition gives
// idf = ln(5 / (1 + df)) + 1 and, of the first review (0, 1, 1, 2), the counts 1, 2, 1 times that over the
// norm.
TEST(Tfidf, IsThatOfAWorkedExample) {
  const TokenRows train = token_rows({{0, {0, 1, 1, 2}}, {0, {2}}, {0, {1, 2}}, {0, {2, 2}}});
  const Tfidf tfidf(train, all_ngrams(1));
  EXPECT_THAT(tfidf.ngrams(), ElementsAre(1, 2, 3));
  EXPECT_THAT(tfidf.idf(), ElementsAre(FloatEq(1.9162907F), FloatEq(1.5108256F), FloatEq(1)));
  const CsrMatrix rows = tfidf.rows(train);
  EXPECT_THAT(rows.begins, ElementsAre(0, 3, 4, 6, 7));
  EXPECT_THAT(rows.columns, ElementsAre(0, 1, 2, 2, 1, 2, 2));
  const float norm = std::sqrt(1.9162907F * 1.9162907F + 4 * 1.5108256F * 1.5108256F + 1);
  EXPECT_THAT(rows.values, ElementsAre(FloatNear(1.9162907F / norm, 1e-6F),
                                       FloatNear(3.0216512F / norm, 1e-6F), FloatNear(1 / norm, 1e-6F), 1,
                                       FloatNear(0.8338840F, 1e-6F), FloatNear(0.5519393F, 1e-6F), 1));
}

TEST(Tfidf, SublinearTakesOnePlusTheLogarithmOfACount) {
  const TokenRows train = token_rows({{0, {0, 0, 0, 1}}});
  TfidfLogisticSpec spec = all_ngrams(1);
  spec.sublinear = true;
  const CsrMatrix rows = Tfidf(train, spec).rows(train);
  EXPECT_NEAR(rows.values[0] / rows.values[1], 1 + std::log(3.0), 1e-6);
}

TEST(Tfidf, BigramsAreOfNeighboursAndNotAcrossAnUnknownWord) {
  const TokenRows train = token_rows({{0, {0, 1}}, {0, {1, 0}}});
  const Tfidf tfidf(train, all_ngrams(2));
  EXPECT_EQ(tfidf.ngrams().size(), 4U);  // 0, 1, 0 1, 1 0
  EXPECT_EQ(tfidf.rows(token_rows({{0, {0, kUncounted, 1}}})).columns.size(), 2U);
  EXPECT_EQ(tfidf.rows(token_rows({{0, {0, 1}}})).columns.size(), 3U);
}

TEST(Tfidf, LeavesRareNgramsAndThoseBeyondTheMost) {
  const TokenRows train = token_rows({{0, {0, 1}}, {0, {0, 1}}, {0, {0, 2, 2, 2}}});
  TfidfLogisticSpec spec = all_ngrams(1);
  spec.min_documents = 2;  // word 2 is often there, in one review
  EXPECT_THAT(Tfidf(train, spec).ngrams(), ElementsAre(1, 2));
  spec.min_documents = 1;
  spec.max_features = 1;
  EXPECT_THAT(Tfidf(train, spec).ngrams(), ElementsAre(1));
}

TEST(Tfidf, AReviewWithoutKnownWordsIsAnEmptyRow) {
  const Tfidf tfidf(token_rows({{0, {0}}}), all_ngrams(2));
  EXPECT_THAT(tfidf.rows(token_rows({{0, {}}, {0, {5, kUncounted}}, {0, {0}}})).begins,
              ElementsAre(0, 0, 0, 1));
}

TEST(Tfidf, SaysWhereNoNgramIsLeft) {
  TfidfLogisticSpec spec = all_ngrams(1);
  spec.min_documents = 3;
  EXPECT_THAT(message_of<EngineError>([&] {
                Tfidf(token_rows({{0, {0}}, {1, {1}}}), spec);
              }),
              HasSubstr("no n-gram stands in 3 of the 2 training reviews"));
}

}  // namespace
}  // namespace rnnbench
