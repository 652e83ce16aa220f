#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/proportion.hpp"
#include "results/errors/error_sections.hpp"
#include "results/errors/review_words.hpp"

namespace rnnbench {
namespace {

constexpr int kLengthGroups = 5;

struct Group {
  std::string by;
  std::string name;
  std::vector<std::size_t> reviews = {};
};

/// Five groups of about as many reviews; equal lengths stay together.
std::vector<Group> by_length(const std::vector<ReviewWords>& words) {
  std::vector<double> lengths;
  for (const ReviewWords& each : words) lengths.push_back(static_cast<double>(each.words));
  std::vector<Group> groups;
  double above = -1;
  for (int i = 1; i <= kLengthGroups; ++i) {
    const double most = quantile_of(lengths, static_cast<double>(i) / kLengthGroups);
    Group group{"words", ""};
    double shortest = most, longest = above;
    for (std::size_t review = 0; review < lengths.size(); ++review) {
      if (lengths[review] <= above || lengths[review] > most) continue;
      group.reviews.push_back(review);
      shortest = std::min(shortest, lengths[review]);
      longest = std::max(longest, lengths[review]);
    }
    group.name = fmt::format("{} to {}", shortest, longest);
    above = most;
    if (!group.reviews.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

std::vector<Group> by_stars(const TestTexts& texts) {
  std::map<int, Group> groups;
  for (std::size_t review = 0; review < texts.rows.size(); ++review) {
    const int stars = texts[review].rating;
    if (stars > 0)
      groups.try_emplace(stars, Group{"stars", fmt::format("{}", stars)})
          .first->second.reviews.push_back(review);
  }
  std::vector<Group> found;
  for (auto& [stars, group] : groups) found.push_back(std::move(group));
  return found;
}

std::vector<Group> by_words(const std::vector<ReviewWords>& words, const char* by, bool ReviewWords::*has) {
  std::vector<Group> groups = {{by, "with"}, {by, "without"}};
  for (std::size_t review = 0; review < words.size(); ++review) {
    groups[words[review].*has ? 0 : 1].reviews.push_back(review);
  }
  std::erase_if(groups, [](const Group& group) { return group.reviews.empty(); });
  return groups;
}

std::vector<Group> groups_of(const TestTexts& texts) {
  std::vector<ReviewWords> words;
  for (std::size_t review = 0; review < texts.rows.size(); ++review) {
    words.push_back(words_of_review(texts[review].text));
  }
  std::vector<Group> groups = by_length(words);
  for (const std::vector<Group>& more : {by_stars(texts), by_words(words, "negation", &ReviewWords::negates),
                                         by_words(words, "contrast", &ReviewWords::contrasts)}) {
    groups.insert(groups.end(), more.begin(), more.end());
  }
  return groups;
}

}  // namespace

TableSection groups_section(const TestedReviews& tested, const TestTexts& texts) {
  TableSection section{"groups",
                       "Accuracy by kind of review, with Wilson's interval of 95 %",
                       {{"by", "group", "n", "subject", "accuracy", "low", "high"}, {}}};
  if (!texts.are_there()) return section;
  for (const Group& group : groups_of(texts)) {
    for (const SubjectPredictions& subject : tested.subjects) {
      const std::int64_t right = std::ranges::count_if(
          group.reviews, [&](std::size_t review) { return tested.is_right(subject, review); });
      const std::int64_t n = std::ssize(group.reviews);
      const Interval interval = wilson_interval(right, n);
      section.table.rows.push_back({group.by, group.name, n, subject.label,
                                    static_cast<double>(right) / static_cast<double>(n), interval.low,
                                    interval.high});
    }
  }
  section.notes.push_back(fmt::format("negation: {}, or a word that ends with n't; contrast: {}",
                                      fmt::join(negation_words(), ", "), fmt::join(contrast_words(), ", ")));
  return section;
}

}  // namespace rnnbench
