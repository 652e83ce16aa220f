#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/errors/error_sections.hpp"
#include "results/errors/review_rows.hpp"

namespace rnnbench {
namespace {

std::vector<const std::vector<float>*> all_runs(const TestedReviews& tested) {
  std::vector<const std::vector<float>*> runs;
  for (const SubjectPredictions& subject : tested.subjects) {
    for (const std::vector<float>& run : subject.by_run) runs.push_back(&run);
  }
  return runs;
}

}  // namespace

TableSection always_wrong_section(const TestedReviews& tested, const TestTexts& texts) {
  const auto runs = all_runs(tested);
  std::vector<std::size_t> wrong_of_run(runs.size());
  std::vector<std::pair<double, std::size_t>> found;  // least sure of the label first
  for (std::size_t review = 0; review < tested.reviews(); ++review) {
    std::size_t wrong = 0;
    double of_label = 0;  // Σ over runs of the probability of the label
    for (std::size_t run = 0; run < runs.size(); ++run) {
      const float p = (*runs[run])[review];
      const bool is_wrong = (p >= 0.5F) != (tested.labels[review] == 1);
      of_label += tested.labels[review] == 1 ? double{p} : 1 - double{p};
      wrong += is_wrong ? 1 : 0;
      wrong_of_run[run] += is_wrong ? 1 : 0;
    }
    if (wrong == runs.size()) found.emplace_back(of_label, review);
  }
  std::ranges::sort(found);
  std::vector<std::size_t> reviews;
  for (const auto& [of_label, review] : found) reviews.push_back(review);

  auto expected = static_cast<double>(tested.reviews());
  for (const std::size_t wrong : wrong_of_run) {
    expected *= static_cast<double>(wrong) / static_cast<double>(tested.reviews());
  }
  std::string note = fmt::format("{} of {} reviews", reviews.size(), tested.reviews());
  if (runs.size() > 1) {
    note += fmt::format("; {:.1f} would be expected if {} runs with these accuracies erred independently",
                        expected, runs.size());
  }
  return {"always-wrong",
          "Reviews that every run calls wrong, the surest mistakes first",
          ReviewRows(tested, texts).table(reviews),
          {note}};
}

}  // namespace rnnbench
