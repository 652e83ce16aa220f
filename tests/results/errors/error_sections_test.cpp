// Catches: reviews of one subject under another's name, numbers from 0, the sure disagreements last, texts
// cut for programs, groups that lose or double reviews, an expectation from accuracies in the place of
// errors.
#include "results/errors/error_sections.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Six reviews, labels 1 0 1 0 1 0. a is wrong on reviews 2 and 5, b on 2, 3 and 5.
class ErrorSectionsTest : public testing::Test {
 protected:
  ErrorSectionsTest() {
    tested_.labels = {1, 0, 1, 0, 1, 0};
    add("a", {0.95F, 0.8F, 0.7F, 0.1F, 0.4F, 0.2F});
    add("b", {0.6F, 0.9F, 0.1F, 0.4F, 0.3F, 0.3F});
    const char* words[] = {"good good film", "not a film",   "long but fine, really", "bad",
                           "it isn't bad",   "poor \x1B[31m"};
    for (int i = 0; i < 6; ++i) {
      texts_.all.add(words[i], tested_.labels[static_cast<std::size_t>(i)], Part::kTest, i, i < 3 ? 10 : 1);
      texts_.rows.push_back(static_cast<std::uint32_t>(i));
    }
    none_.why_not = "not found";
  }

  void add(const std::string& label, const std::vector<float>& positive) {
    tested_.subjects.push_back({label, {std::ssize(tested_.subjects) + 1}, {positive}, positive});
  }

  static std::vector<std::int64_t> numbers(const TableSection& section) {
    std::vector<std::int64_t> reviews;
    for (const auto& row : section.table.rows) reviews.push_back(std::get<std::int64_t>(row[0]));
    return reviews;
  }

  TestedReviews tested_;
  TestTexts texts_, none_;
};

TEST_F(ErrorSectionsTest, SampleIsSeededAndHasNoReviewTwice) {
  const TableSection section = sample_section(tested_, texts_, 4, 7);
  EXPECT_THAT(section.table.columns, ElementsAre("review", "label", "stars", "a", "p a", "b", "p b", "text"));
  const auto reviews = numbers(section);
  EXPECT_EQ(std::set(reviews.begin(), reviews.end()).size(), 4U);
  EXPECT_EQ(numbers(sample_section(tested_, texts_, 4, 7)), reviews);
  EXPECT_NE(numbers(sample_section(tested_, texts_, 4, 8)), reviews);
  EXPECT_EQ(sample_section(tested_, texts_, 20, 7).table.rows.size(), 6U);
  EXPECT_THAT(sample_section(tested_, none_, 1, 7).table.columns,
              ElementsAre("review", "label", "a", "p a", "b", "p b"));
}

TEST_F(ErrorSectionsTest, RowsHoldEachSubjectsCall) {
  for (const auto& row : sample_section(tested_, texts_, 6, 1).table.rows) {
    if (std::get<std::int64_t>(row[0]) != 3) continue;
    EXPECT_EQ(std::get<std::string>(row[1]), "positive");
    EXPECT_EQ(std::get<std::int64_t>(row[2]), 10);
    EXPECT_EQ(std::get<std::string>(row[3]), "positive");
    EXPECT_FLOAT_EQ(static_cast<float>(std::get<double>(row[4])), 0.7F);
    EXPECT_EQ(std::get<std::string>(row[5]), "negative");
    EXPECT_EQ(std::get<std::string>(row[7]), "long but fine, really");
  }
}

TEST_F(ErrorSectionsTest, DisagreementsStandByHowFarApart) {
  add("c", {0.9F, 0.8F, 0.7F, 0.1F, 0.6F, 0.9F});
  const TableSection section = disagreements_section(tested_, texts_);
  EXPECT_THAT(numbers(section), ElementsAre(6, 3, 5));
  EXPECT_THAT(
      section.notes,
      ElementsAre(HasSubstr("a and b differ on 1 reviews (16.7 %): only a is right on 1, only b on 0 "
                            "(McNemar, exact p = 1.000)"),
                  HasSubstr("a and c differ on 2 reviews (33.3 %): only a is right on 1, only c on 1")));
}

TEST_F(ErrorSectionsTest, GroupsPartTheReviews) {
  const TableSection section = groups_section(tested_, texts_);
  std::map<std::string, std::int64_t> sums;
  std::map<std::string, double> right_of_b;
  for (const auto& row : section.table.rows) {
    if (std::get<std::string>(row[3]) != "b") continue;
    const auto n = std::get<std::int64_t>(row[2]);
    sums[std::get<std::string>(row[0])] += n;
    right_of_b[std::get<std::string>(row[0]) + " " + std::get<std::string>(row[1])] =
        std::get<double>(row[4]) * static_cast<double>(n);
  }
  EXPECT_THAT(sums, ElementsAre(std::pair("contrast", 6), std::pair("negation", 6), std::pair("stars", 6),
                                std::pair("words", 6)));
  EXPECT_DOUBLE_EQ(right_of_b.at("stars 10"), 1);
  EXPECT_DOUBLE_EQ(right_of_b.at("stars 1"), 2);
  EXPECT_DOUBLE_EQ(right_of_b.at("negation with"), 0);
  EXPECT_DOUBLE_EQ(right_of_b.at("contrast with"), 0);
  EXPECT_TRUE(groups_section(tested_, none_).table.rows.empty());
}

TEST_F(ErrorSectionsTest, CalibrationHasABinForEachRangeThatHasReviews) {
  const TableSection section = calibration_section(tested_);
  std::int64_t of_a = 0;
  for (const auto& row : section.table.rows) {
    if (std::get<std::string>(row[0]) == "a") of_a += std::get<std::int64_t>(row[3]);
  }
  EXPECT_EQ(of_a, 6);
  // Σ |p − label| by bins of a: 0.05 + 0.8 + 0.3 + 0.1 + 0.6 + 0.2, each review in a bin of its own.
  EXPECT_THAT(section.notes[0], HasSubstr("a: expected calibration error 0.3417"));
}

TEST_F(ErrorSectionsTest, AlwaysWrongComparesWithIndependentErrors) {
  const TableSection section = always_wrong_section(tested_, texts_);
  EXPECT_THAT(numbers(section), ElementsAre(2, 5));
  // 6 · 2/6 · 3/6
  EXPECT_THAT(section.notes,
              ElementsAre("2 of 6 reviews; 1.0 would be expected if 2 runs with these accuracies erred "
                          "independently"));
}

TEST_F(ErrorSectionsTest, ClassificationIsTheMeanOverRuns) {
  tested_.subjects[0].runs.push_back(9);
  tested_.subjects[0].by_run.push_back({0.9F, 0.1F, 0.9F, 0.1F, 0.9F, 0.1F});  // all right
  const TableSection totals = totals_section(tested_);
  EXPECT_EQ(totals.table.columns[3], "accuracy");
  EXPECT_DOUBLE_EQ(std::get<double>(totals.table.rows[0][3]), (4.0 / 6 + 1) / 2);
  EXPECT_DOUBLE_EQ(std::get<double>(totals.table.rows[0][4]), 4.0 / 6);
  EXPECT_DOUBLE_EQ(std::get<double>(totals.table.rows[0][9]), 2.5);
  const TableSection classes = classification_section(tested_);
  ASSERT_EQ(classes.table.rows.size(), 8U);
  // b: of two called positive one is, of three positive one is found.
  const auto& positive_of_b = classes.table.rows[5];
  EXPECT_EQ(std::get<std::string>(positive_of_b[2]), "positive");
  EXPECT_DOUBLE_EQ(std::get<double>(positive_of_b[3]), 1.0 / 2);
  EXPECT_DOUBLE_EQ(std::get<double>(positive_of_b[4]), 1.0 / 3);
  EXPECT_EQ(std::get<std::int64_t>(positive_of_b[6]), 3);
}

}  // namespace
}  // namespace rnnbench
