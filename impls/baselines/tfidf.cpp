#include "impls/baselines/tfidf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

Ngram number_of(std::int32_t rank) { return static_cast<Ngram>(rank) + 1; }

/// The n-grams of a review, sorted, each as often as it is there.
void take_ngrams(std::span<const std::int32_t> tokens, int longest, std::vector<Ngram>& ngrams) {
  ngrams.clear();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] == kUncounted) continue;
    ngrams.push_back(number_of(tokens[i]));
    const bool follows = longest > 1 && i > 0 && tokens[i - 1] != kUncounted;
    if (follows) ngrams.push_back(number_of(tokens[i - 1]) << 32U | number_of(tokens[i]));
  }
  std::ranges::sort(ngrams);
}

struct CountedNgram {
  Ngram ngram;
  std::size_t documents;
};

/// How many of the reviews have each n-gram, rising.
std::vector<CountedNgram> count_documents(const TokenRows& reviews, int longest) {
  std::vector<Ngram> all, ngrams;
  for (std::size_t i = 0; i < reviews.reviews(); ++i) {
    take_ngrams(reviews.review(i), longest, ngrams);
    const auto repeated = std::unique(ngrams.begin(), ngrams.end());
    all.insert(all.end(), ngrams.begin(), repeated);
  }
  std::ranges::sort(all);
  std::vector<CountedNgram> counted;
  for (const Ngram ngram : all) {
    if (counted.empty() || counted.back().ngram != ngram) counted.push_back({ngram, 0});
    ++counted.back().documents;
  }
  return counted;
}

void keep_commonest(std::vector<CountedNgram>& counted, std::size_t most) {
  if (most == 0 || counted.size() <= most) return;
  std::ranges::stable_sort(counted, std::ranges::greater(), &CountedNgram::documents);
  counted.resize(most);
  std::ranges::sort(counted, {}, &CountedNgram::ngram);
}

/// Divides the values of the last, open row by their Euclidean norm.
void normalise_last_row(CsrMatrix& matrix) {
  const auto row = std::span(matrix.values).subspan(matrix.begins.back());
  double squares = 0;
  for (const float value : row) squares += static_cast<double>(value) * static_cast<double>(value);
  for (float& value : row) value = static_cast<float>(static_cast<double>(value) / std::sqrt(squares));
}

}  // namespace

Tfidf::Tfidf(const TokenRows& train, const TfidfLogisticSpec& spec) : spec_(spec) {
  std::vector<CountedNgram> counted = count_documents(train, spec.ngrams);
  std::erase_if(counted, [&](const CountedNgram& each) {
    return each.documents < static_cast<std::size_t>(spec.min_documents);
  });
  if (counted.empty()) {
    throw EngineError(
        fmt::format("no n-gram stands in {} of the {} training reviews; make "
                    "baseline.tfidf-logistic.min_documents smaller",
                    spec.min_documents, train.reviews()));
  }
  keep_commonest(counted, static_cast<std::size_t>(spec.max_features));
  const auto reviews = static_cast<double>(train.reviews());
  for (const auto& [ngram, documents] : counted) {
    ngrams_.push_back(ngram);
    idf_.push_back(static_cast<float>(std::log((1 + reviews) / (1 + static_cast<double>(documents))) + 1));
  }
}

CsrMatrix Tfidf::rows(const TokenRows& reviews) const {
  CsrMatrix matrix;
  std::vector<Ngram> ngrams;
  for (std::size_t review = 0; review < reviews.reviews(); ++review) {
    take_ngrams(reviews.review(review), spec_.ngrams, ngrams);
    auto known = ngrams_.begin();
    for (auto first = ngrams.begin(); first != ngrams.end();) {
      const auto end = std::upper_bound(first, ngrams.end(), *first);
      known = std::lower_bound(known, ngrams_.end(), *first);
      if (known != ngrams_.end() && *known == *first) {
        const auto column = static_cast<std::size_t>(known - ngrams_.begin());
        const auto count = static_cast<double>(end - first);
        const double frequency = spec_.sublinear ? 1 + std::log(count) : count;
        matrix.columns.push_back(static_cast<std::uint32_t>(column));
        matrix.values.push_back(static_cast<float>(frequency * static_cast<double>(idf_[column])));
      }
      first = end;
    }
    normalise_last_row(matrix);
    matrix.end_row();
  }
  return matrix;
}

}  // namespace rnnbench
