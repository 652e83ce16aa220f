// Catches: classes swapped, recall in the place of precision, means weighted by what was called rather than
// by support, NaN where scikit-learn says 0.
#include "harness/metrics/classification_report.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

// Called positive: four, of which three are; of the six others two are. Worked by hand; scikit-learn 1.9.1's
// precision_recall_fscore_support and roc_auc_score give the same.
const std::vector<float> kProbabilities = {0.9F, 0.8F, 0.5F, 0.6F, 0.1F, 0.2F, 0.3F, 0.4F, 0.0F, 0.49F};
const std::vector<std::uint8_t> kClasses = {1, 1, 1, 0, 1, 1, 0, 0, 0, 0};

TEST(ClassificationReport, GivesEachClass) {
  const ClassificationReport report = classification_report(kProbabilities, kClasses);
  const ClassFigures& negative = report.classes[0];
  EXPECT_DOUBLE_EQ(negative.precision, 4.0 / 6);
  EXPECT_DOUBLE_EQ(negative.recall, 4.0 / 5);
  EXPECT_DOUBLE_EQ(negative.f1, 8.0 / 11);
  EXPECT_EQ(negative.support, 5);
  const ClassFigures& positive = report.classes[1];
  EXPECT_DOUBLE_EQ(positive.precision, 3.0 / 4);
  EXPECT_DOUBLE_EQ(positive.recall, 3.0 / 5);
  EXPECT_DOUBLE_EQ(positive.f1, 6.0 / 9);
  EXPECT_EQ(positive.support, 5);
  EXPECT_DOUBLE_EQ(report.accuracy, 0.7);
  EXPECT_EQ(report.counts.false_negative, 2);
  // Pairs in which the positive one is the higher: 5 + 5 + 4 + 1 + 1 of 25.
  EXPECT_DOUBLE_EQ(report.roc_area, 16.0 / 25);
}

TEST(ClassificationReport, AveragesPlainlyAndBySupport) {
  // One of three negatives is called positive, the one positive is found.
  const std::vector<float> called = {0.2F, 0.3F, 0.7F, 0.8F};
  const std::vector<std::uint8_t> labels = {0, 0, 0, 1};
  const ClassificationReport report = classification_report(called, labels);
  EXPECT_DOUBLE_EQ(report.macro.precision, (1.0 + 0.5) / 2);
  EXPECT_DOUBLE_EQ(report.macro.recall, (2.0 / 3 + 1) / 2);
  EXPECT_DOUBLE_EQ(report.macro.f1, (0.8 + 2.0 / 3) / 2);
  EXPECT_DOUBLE_EQ(report.weighted.precision, (3 * 1.0 + 0.5) / 4);
  EXPECT_DOUBLE_EQ(report.weighted.recall, report.accuracy);
  EXPECT_DOUBLE_EQ(report.weighted.f1, (3 * 0.8 + 2.0 / 3) / 4);
  EXPECT_EQ(report.weighted.support, 4);
}

// scikit-learn's zero_division=0.
TEST(ClassificationReport, IsZeroWhereNothingIsDividedBy) {
  const ClassificationReport report =
      classification_report(std::vector<float>{0.1F, 0.2F}, std::vector<std::uint8_t>{0, 0});
  EXPECT_EQ(report.classes[1].precision, 0);
  EXPECT_EQ(report.classes[1].recall, 0);
  EXPECT_EQ(report.classes[1].f1, 0);
  EXPECT_EQ(report.classes[0].f1, 1);
  EXPECT_DOUBLE_EQ(report.macro.f1, 0.5);
  EXPECT_DOUBLE_EQ(report.weighted.f1, 1);
  EXPECT_TRUE(std::isnan(report.roc_area));
}

}  // namespace
}  // namespace rnnbench
