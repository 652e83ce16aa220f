#include "results/errors/review_rows.hpp"

namespace rnnbench {

const char* label_name(bool positive) { return positive ? "positive" : "negative"; }

std::vector<std::string> ReviewRows::columns() const {
  std::vector<std::string> names = {"review", "label"};
  if (texts_.are_there()) names.emplace_back("stars");
  for (const SubjectPredictions& subject : tested_.subjects) {
    names.push_back(subject.label);
    names.push_back("p " + subject.label);
  }
  if (texts_.are_there()) names.emplace_back("text");
  return names;
}

std::vector<TableCell> ReviewRows::row(std::size_t review) const {
  std::vector<TableCell> cells = {static_cast<std::int64_t>(review + 1),
                                  std::string(label_name(tested_.labels[review] == 1))};
  if (texts_.are_there()) {
    const std::int64_t stars = texts_[review].rating;
    cells.emplace_back();
    if (stars > 0) cells.back() = stars;
  }
  for (const SubjectPredictions& subject : tested_.subjects) {
    cells.emplace_back(std::string(label_name(subject.calls_positive(review))));
    cells.emplace_back(static_cast<double>(subject.positive[review]));
  }
  if (texts_.are_there()) cells.emplace_back(std::string(texts_[review].text));
  return cells;
}

Table ReviewRows::table(const std::vector<std::size_t>& reviews) const {
  Table table{columns(), {}};
  for (const std::size_t review : reviews) table.rows.push_back(row(review));
  return table;
}

}  // namespace rnnbench
