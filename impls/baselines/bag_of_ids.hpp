#pragma once

#include "harness/data/recipe.hpp"
#include "harness/data/split_tokens.hpp"
#include "impls/baselines/csr_matrix.hpp"

namespace rnnbench {

/// How often each id of `recipe` stands in each review, [reviews, recipe.vocabulary]: of the whole review,
/// with the tokens that have no id of their own counted as the unknown id. Padding and start symbol are no
/// tokens and aren't counted.
CsrMatrix bag_of_ids(const TokenRows& rows, const Recipe& recipe);

}  // namespace rnnbench
