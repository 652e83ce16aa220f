#pragma once

#include <cstdint>
#include <vector>

#include "harness/data/data_spec.hpp"
#include "harness/data/review_set.hpp"

namespace rnnbench {

/// Indices of reviews, by part, in the order in which the part holds them.
struct Split {
  std::vector<std::uint32_t> train, validation, test;
};

/// Splits by `spec.split`, takes `spec.validation` of train from its end, takes out repeated texts where
/// `spec.drop_repeats`, then limits each part. A limited
/// part keeps its order and its share of each label; of two limits with one seed the smaller is part of
/// the larger (label by label). Throws ConfigError where the reviews have no official split, or where
/// nothing is left to train on.
Split split_reviews(const ReviewSet& reviews, const DataSpec& spec);

}  // namespace rnnbench
