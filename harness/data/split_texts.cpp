#include "harness/data/split_texts.hpp"

#include <array>

#include "harness/data/part_digest.hpp"
#include "harness/data/run_parallel.hpp"
#include "harness/data/splits.hpp"

namespace rnnbench {

SplitTexts split_texts(const ReviewSet& reviews, const DataSpec& spec) {
  const Split split = split_reviews(reviews, spec);
  const std::array<const std::vector<std::uint32_t>*, 3> parts = {&split.train, &split.validation,
                                                                  &split.test};
  SplitTexts all;
  for (const auto* part : parts) {
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
