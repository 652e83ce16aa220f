#include "harness/data/split_texts.hpp"

#include <span>

#include "harness/core/sha256.hpp"
#include "harness/data/run_parallel.hpp"
#include "harness/data/splits.hpp"

namespace rnnbench {
namespace {

using Rows = std::vector<std::uint32_t>;

std::string part_digest(const ReviewSet& reviews, const Rows& rows) {
  Sha256 hash;
  for (const std::uint32_t row : rows) {
    const Review& review = reviews.reviews()[row];
    const std::array<std::uint64_t, 2> head = {review.label, review.text.size()};
    hash.update(std::as_bytes(std::span(head)));
    hash.update(review.text);
  }
  return hash.hex();
}

}  // namespace

SplitTexts split_texts(const ReviewSet& reviews, const DataSpec& spec) {
  const Split split = split_reviews(reviews, spec);
  const std::array<const Rows*, 3> parts = {&split.train, &split.validation, &split.test};
  SplitTexts all;
  for (const Rows* part : parts) {
    for (const std::uint32_t row : *part) {
      all.texts.push_back(reviews.reviews()[row].text);
      all.labels.push_back(reviews.reviews()[row].label);
    }
  }
  run_parallel(parts.size(), [&](std::size_t i) {
    all.reviews[i] = parts[i]->size();
    all.digests[i] = part_digest(reviews, *parts[i]);
  });
  return all;
}

}  // namespace rnnbench
