#pragma once

#include <cstddef>
#include <stop_token>
#include <string>

#include "harness/data/data_spec.hpp"
#include "harness/data/recipe.hpp"
#include "harness/data/review_set.hpp"
#include "harness/data/token_corpus.hpp"
#include "harness/data/unlabelled_reviews.hpp"

namespace rnnbench {

/// What word vectors are trained on.
struct VectorCorpus {
  TokenCorpus tokens;          ///< every text counted
  std::size_t training = 0;    ///< training reviews in it
  std::size_t unlabelled = 0;  ///< unlabelled reviews in it
  std::size_t left_out = 0;    ///< of both, those with the text of a validation or test review
  std::string digest;          ///< SHA-256 over the texts in order
};

/// The training reviews of `spec`'s split, then the unlabelled ones, cut into words by `recipe`'s steps. No
/// text of a validation or test review is in it, also where it stands among the others as well. Throws
/// ConfigError, Interrupted.
VectorCorpus vector_corpus(const ReviewSet& reviews, const UnlabelledReviews& unlabelled,
                           const DataSpec& spec, const Recipe& recipe, const std::stop_token& stop);

}  // namespace rnnbench
