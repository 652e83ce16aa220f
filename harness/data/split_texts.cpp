#include "harness/data/split_texts.hpp"

#include <array>

#include "harness/core/run_parallel.hpp"
#include "harness/data/part_digest.hpp"
#include "harness/data/plain_words.hpp"
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
      all.ratings.push_back(static_cast<std::uint8_t>(reviews.reviews()[row].rating));
    }
  }
  all.words.resize(all.texts.size());
  run_parallel(parts.size(), [&](std::size_t i) {
    all.reviews[i] = parts[i]->size();
    all.digests[i] = part_digest(reviews, *parts[i]);
    std::size_t at = 0;
    for (std::size_t part = 0; part < i; ++part) at += parts[part]->size();
    for (const std::uint32_t row : *parts[i]) {
      all.words[at++] = static_cast<std::uint32_t>(count_plain_words(reviews.reviews()[row].text));
    }
  });
  return all;
}

}  // namespace rnnbench
