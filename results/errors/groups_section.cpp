#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/statistics/proportion.hpp"
#include "results/errors/error_sections.hpp"
#include "results/errors/review_words.hpp"
#include "results/query/review_groups.hpp"

namespace rnnbench {
namespace {

struct Group {
  std::string by;
  std::string name;
  std::vector<std::size_t> reviews = {};
};

std::vector<Group> by_length(const std::vector<ReviewWords>& words) {
  std::vector<std::uint32_t> lengths;
  for (const ReviewWords& each : words) lengths.push_back(static_cast<std::uint32_t>(each.words));
  std::vector<Group> groups;
  for (ReviewGroup& group : groups_by_length(lengths)) {
    groups.push_back({"words", fmt::format("{} to {}", group.low, group.high), std::move(group.reviews)});
  }
  return groups;
}

std::vector<Group> by_stars(const TestTexts& texts) {
  std::vector<std::uint8_t> ratings;
  for (std::size_t review = 0; review < texts.rows.size(); ++review) {
    ratings.push_back(static_cast<std::uint8_t>(texts[review].rating));
  }
  std::vector<Group> groups;
  for (ReviewGroup& group : groups_by_rating(ratings)) {
    groups.push_back({"stars", fmt::format("{}", group.low), std::move(group.reviews)});
  }
  return groups;
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
