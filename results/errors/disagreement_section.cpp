#include <fmt/format.h>

#include <algorithm>

#include "harness/statistics/mcnemar.hpp"
#include "results/errors/error_sections.hpp"
#include "results/errors/review_rows.hpp"

namespace rnnbench {
namespace {

/// How far apart the subjects' probabilities of a review lie.
double spread_of(const TestedReviews& tested, std::size_t review) {
  float low = 1, high = 0;
  for (const SubjectPredictions& subject : tested.subjects) {
    low = std::min(low, subject.positive[review]);
    high = std::max(high, subject.positive[review]);
  }
  return double{high} - double{low};
}

bool is_disputed(const TestedReviews& tested, std::size_t review) {
  const bool first = tested.subjects.front().calls_positive(review);
  return std::ranges::any_of(tested.subjects, [&](const SubjectPredictions& subject) {
    return subject.calls_positive(review) != first;
  });
}

std::string mcnemar_note(const TestedReviews& tested, const SubjectPredictions& second) {
  const SubjectPredictions& first = tested.subjects.front();
  std::int64_t first_only = 0, second_only = 0;
  for (std::size_t review = 0; review < tested.reviews(); ++review) {
    const bool first_right = tested.is_right(first, review);
    const bool second_right = tested.is_right(second, review);
    first_only += first_right && !second_right ? 1 : 0;
    second_only += second_right && !first_right ? 1 : 0;
  }
  const auto test = mcnemar_test(first_only, second_only);
  const double share = static_cast<double>(test->discordant()) / static_cast<double>(tested.reviews());
  return fmt::format(
      "{} and {} differ on {} reviews ({:.1f} %): only {} is right on {}, only {} on {} (McNemar, "
      "exact p {})",
      first.label, second.label, test->discordant(), 100 * share, first.label, first_only, second.label,
      second_only, test->p < 0.001 ? "< 0.001" : fmt::format("= {:.3f}", test->p));
}

}  // namespace

TableSection disagreements_section(const TestedReviews& tested, const TestTexts& texts) {
  std::vector<std::pair<double, std::size_t>> disputed;
  for (std::size_t review = 0; review < tested.reviews(); ++review) {
    if (is_disputed(tested, review)) disputed.emplace_back(-spread_of(tested, review), review);
  }
  std::ranges::sort(disputed);
  std::vector<std::size_t> reviews;
  for (const auto& [spread, review] : disputed) reviews.push_back(review);
  TableSection section{"disagreements", "Reviews that not all call the same, farthest apart first",
                       ReviewRows(tested, texts).table(reviews)};
  for (std::size_t other = 1; other < tested.subjects.size(); ++other) {
    section.notes.push_back(mcnemar_note(tested, tested.subjects[other]));
  }
  return section;
}

}  // namespace rnnbench
