#pragma once

#include <cstdint>
#include <vector>

#include "harness/data/split_tokens.hpp"
#include "harness/model/baseline_spec.hpp"
#include "impls/baselines/csr_matrix.hpp"

namespace rnnbench {

/// A word or two that follow each other, as a number: rank + 1 of the first word, and for two of them that
/// shifted by 32 bits plus rank + 1 of the second.
using Ngram = std::uint64_t;

/// Reviews as TF-IDF by scikit-learn's definition (TfidfVectorizer, smooth_idf, norm "l2"): an n-gram that
/// stands `count` times in a review has count, or with `sublinear` 1 + ln(count), times
/// ln((1 + n) / (1 + df)) + 1, where n is the number of training reviews and df of those that have it; then
/// each review is divided by its Euclidean norm. An n-gram that isn't of the training reviews counts nothing.
class Tfidf {
 public:
  /// Takes the n-grams of `train`, which alone decides on them and their weights: those that stand in at
  /// least TfidfLogisticSpec::min_documents reviews; of too many, those that stand in most, of equals the
  /// ones of the commoner words. Throws EngineError where none is left.
  Tfidf(const TokenRows& train, const TfidfLogisticSpec& spec);
  /// As it was; `ngrams` rise.
  Tfidf(std::vector<Ngram> ngrams, std::vector<float> idf, const TfidfLogisticSpec& spec)
      : spec_(spec), ngrams_(std::move(ngrams)), idf_(std::move(idf)) {}

  /// [reviews, n-grams]; a review without any of them is a row without values.
  CsrMatrix rows(const TokenRows& reviews) const;

  const std::vector<Ngram>& ngrams() const { return ngrams_; }  ///< by column, rising
  const std::vector<float>& idf() const { return idf_; }        ///< by column

 private:
  TfidfLogisticSpec spec_;
  std::vector<Ngram> ngrams_;
  std::vector<float> idf_;
};

}  // namespace rnnbench
