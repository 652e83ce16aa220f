// Catches: a name twice or changed, a name with another one's metric, a number where there can't be one.
#include "harness/metrics/metric_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "harness/metrics/brier_score.hpp"
#include "harness/metrics/calibration_error.hpp"
#include "harness/metrics/cross_entropy.hpp"

namespace rnnbench {
namespace {

TEST(MetricTable, HasTheNamesThatDatabasesHold) {
  std::vector<std::string> names;
  for (const Metric& metric : metric_table()) names.emplace_back(metric.name);
  EXPECT_THAT(names, testing::ElementsAre("loss", "accuracy", "precision", "recall", "f1", "roc_area",
                                          "brier_score", "calibration_error"));
}

TEST(MetricTable, NamesWhatItComputes) {
  const std::vector<float> positive = {0.9F, 0.8F, 0.5F, 0.6F, 0.1F, 0.2F, 0.3F, 0.4F, 0.0F, 0.49F};
  const std::vector<std::uint8_t> labels = {1, 1, 1, 0, 1, 1, 0, 0, 0, 0};
  const std::map<std::string, double> expected = {{"accuracy", 0.7},
                                                  {"precision", 0.75},
                                                  {"recall", 0.6},
                                                  {"f1", 2.0 / 3},
                                                  {"roc_area", 0.64},
                                                  {"loss", cross_entropy(positive, labels)},
                                                  {"brier_score", brier_score(positive, labels)},
                                                  {"calibration_error", calibration_error(positive, labels)}};
  for (const Metric& metric : metric_table()) {
    EXPECT_DOUBLE_EQ(metric.of(positive, labels), expected.at(metric.name)) << metric.name;
  }
}

// But the accuracy, which counts such a review as wrong.
TEST(MetricTable, IsNaNWhereAProbabilityIs) {
  const std::vector<float> positive = {0.25F, std::nanf(""), 0.5F, 1.0F};
  const std::vector<std::uint8_t> labels = {0, 1, 0, 1};
  for (const Metric& metric : metric_table()) {
    if (std::string(metric.name) == "accuracy") continue;
    EXPECT_TRUE(std::isnan(metric.of(positive, labels))) << metric.name;
  }
}

}  // namespace
}  // namespace rnnbench
