#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/core/philox.hpp"
#include "results/errors/error_sections.hpp"
#include "results/errors/review_rows.hpp"

namespace rnnbench {

TableSection sample_section(const TestedReviews& tested, const TestTexts& texts, std::size_t count,
                            std::uint64_t seed) {
  std::vector<std::size_t> reviews(tested.reviews());
  std::iota(reviews.begin(), reviews.end(), std::size_t{0});
  RandomStream random(seed, 0);
  shuffle(reviews, random);
  reviews.resize(std::min(count, reviews.size()));
  return {"sample",
          fmt::format("{} test reviews drawn with seed {}; p: probability of positive", reviews.size(), seed),
          ReviewRows(tested, texts).table(reviews)};
}

}  // namespace rnnbench
