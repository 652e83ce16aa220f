#include "results/query/review_groups.hpp"

#include <algorithm>
#include <map>

#include "harness/statistics/order_statistics.hpp"

namespace rnnbench {
namespace {

constexpr int kLengthGroups = 5;

}  // namespace

std::vector<ReviewGroup> groups_by_length(std::span<const std::uint32_t> words) {
  std::vector<double> sorted(words.begin(), words.end());
  std::ranges::sort(sorted);
  std::vector<ReviewGroup> groups;
  double above = -1;
  for (int i = 1; i <= kLengthGroups && !sorted.empty(); ++i) {
    const double most = quantile_of(sorted, static_cast<double>(i) / kLengthGroups);
    const auto first = std::ranges::upper_bound(sorted, above), last = std::ranges::upper_bound(sorted, most);
    if (first == last) continue;
    ReviewGroup group{*first, *(last - 1), quantile_of({first, last}, 0.5), {}};
    for (std::size_t review = 0; review < words.size(); ++review) {
      if (words[review] > above && words[review] <= most) group.reviews.push_back(review);
    }
    groups.push_back(std::move(group));
    above = most;
  }
  return groups;
}

std::vector<ReviewGroup> groups_by_rating(std::span<const std::uint8_t> ratings) {
  std::map<std::uint8_t, ReviewGroup> groups;
  for (std::size_t review = 0; review < ratings.size(); ++review) {
    const auto stars = static_cast<double>(ratings[review]);
    if (stars == 0) continue;
    groups.try_emplace(ratings[review], ReviewGroup{stars, stars, stars, {}})
        .first->second.reviews.push_back(review);
  }
  std::vector<ReviewGroup> found;
  for (auto& [stars, group] : groups) found.push_back(std::move(group));
  return found;
}

std::vector<GroupAccuracy> accuracies_of(const std::vector<ReviewGroup>& groups,
                                         std::span<const float> positive,
                                         std::span<const std::uint8_t> labels) {
  std::vector<GroupAccuracy> accuracies;
  for (const ReviewGroup& group : groups) {
    const std::int64_t right = std::ranges::count_if(group.reviews, [&](std::size_t review) {
      return (positive[review] >= 0.5F) == (labels[review] == 1);
    });
    accuracies.push_back({group.low, group.high, group.middle, std::ssize(group.reviews), right});
  }
  return accuracies;
}

}  // namespace rnnbench
