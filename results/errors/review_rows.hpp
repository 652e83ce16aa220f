#pragma once

#include <string>
#include <vector>

#include "results/errors/test_texts.hpp"
#include "results/errors/tested_reviews.hpp"
#include "results/query/table_sections.hpp"

namespace rnnbench {

/// Tables with a row a review: its number in the test part (the first is 1), label, what each subject called
/// it with which probability of positive; where texts are at hand stars (NULL: unknown) and text.
class ReviewRows {
 public:
  /// Both must outlive it.
  ReviewRows(const TestedReviews& tested, const TestTexts& texts) : tested_(tested), texts_(texts) {}

  std::vector<std::string> columns() const;
  std::vector<TableCell> row(std::size_t review) const;
  /// The table of these reviews, in their order.
  Table table(const std::vector<std::size_t>& reviews) const;

 private:
  const TestedReviews& tested_;
  const TestTexts& texts_;
};

/// "negative", "positive".
const char* label_name(bool positive);

}  // namespace rnnbench
