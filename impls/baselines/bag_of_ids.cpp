#include "impls/baselines/bag_of_ids.hpp"

#include <algorithm>

namespace rnnbench {

CsrMatrix bag_of_ids(const TokenRows& rows, const Recipe& recipe) {
  const std::int32_t words = recipe.vocabulary - recipe.first_word_id;
  CsrMatrix bag;
  std::vector<std::uint32_t> ids;
  for (std::size_t review = 0; review < rows.reviews(); ++review) {
    ids.clear();
    for (const std::int32_t rank : rows.review(review)) {
      const bool is_known = rank != kUncounted && rank < words;
      ids.push_back(static_cast<std::uint32_t>(is_known ? recipe.first_word_id + rank : recipe.unknown_id));
    }
    std::ranges::sort(ids);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i == 0 || ids[i] != ids[i - 1]) {
        bag.columns.push_back(ids[i]);
        bag.values.push_back(0);
      }
      ++bag.values.back();
    }
    bag.end_row();
  }
  return bag;
}

}  // namespace rnnbench
