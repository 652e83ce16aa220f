#include "results/query/review_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "results/query/query_table.hpp"
#include "results/store/blob.hpp"

namespace rnnbench {
namespace {

struct Predictions {
  std::string reviews;  // digest; "": the run has none
  std::string labels;
  std::vector<float> positive;
};

Predictions load(Database& database, std::int64_t run) {
  const Table table =
      query_table(database,
                  "SELECT reviews, labels, positive FROM predictions JOIN review_sets ON digest = reviews "
                  "WHERE run_id = ? AND split = 'test'",
                  {run});
  if (table.rows.empty()) return {};
  const auto& row = table.rows.front();
  return {std::get<std::string>(row[0]), std::get<Blob>(row[1]).bytes,
          from_blob<float>(std::get<Blob>(row[2]).bytes)};
}

std::string problem_of(const Predictions& predictions, std::int64_t run) {
  if (predictions.positive.size() != predictions.labels.size()) {
    return fmt::format("the predictions of run {} are not used: {} of {} reviews", run,
                       predictions.positive.size(), predictions.labels.size());
  }
  if (std::ranges::any_of(predictions.positive, [](float p) { return std::isnan(p); })) {
    return fmt::format("the predictions of run {} are not used: some are NaN", run);
  }
  return "";
}

bool is_right(const Predictions& predictions, std::size_t review) {
  return (predictions.positive[review] >= 0.5F) == (predictions.labels[review] == 1);
}

}  // namespace

PredictionPair predictions_of(Database& database, std::int64_t first, std::int64_t second) {
  PredictionPair pair;
  const Predictions one = load(database, first);
  const Predictions other = load(database, second);
  if (one.reviews.empty() || other.reviews.empty()) return pair;
  pair.are_of_other_reviews = one.reviews != other.reviews;
  pair.problem = problem_of(one, first);
  if (pair.problem.empty()) pair.problem = problem_of(other, second);
  if (pair.are_of_other_reviews || !pair.problem.empty()) return pair;
  ReviewCounts counts;
  counts.reviews = std::ssize(one.labels);
  for (std::size_t review = 0; review < one.labels.size(); ++review) {
    const bool first_right = is_right(one, review);
    const bool second_right = is_right(other, review);
    counts.first_only += first_right && !second_right ? 1 : 0;
    counts.second_only += second_right && !first_right ? 1 : 0;
  }
  pair.counts = counts;
  return pair;
}

}  // namespace rnnbench
