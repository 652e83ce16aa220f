// Catches: ties counted as won or lost, an order that depends on the reviews' order, an overflow of pairs.
#include "harness/metrics/roc_area.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace rnnbench {
namespace {

// The pairs themselves.
double share_of_pairs(const std::vector<float>& positive, const std::vector<std::uint8_t>& labels) {
  double won = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    for (std::size_t j = 0; j < labels.size(); ++j) {
      if (labels[i] != 1 || labels[j] != 0) continue;
      won += positive[i] > positive[j] ? 1 : positive[i] == positive[j] ? 0.5 : 0;
      ++pairs;
    }
  }
  return won / pairs;
}

TEST(RocArea, OfAWorkedExample) {
  // Pairs: 0.9 wins both, 0.4 ties with 0.4 and loses to 0.6: 2.5 of 4.
  EXPECT_EQ(roc_area(std::vector<float>{0.9F, 0.4F, 0.4F, 0.6F}, std::vector<std::uint8_t>{1, 1, 0, 0}),
            0.625);
}

TEST(RocArea, OfPerfectAndPerfectlyWrongOrdersAndOfNone) {
  const std::vector<std::uint8_t> labels = {0, 0, 1, 1};
  EXPECT_EQ(roc_area(std::vector<float>{0.1F, 0.2F, 0.3F, 0.4F}, labels), 1.0);
  EXPECT_EQ(roc_area(std::vector<float>{0.4F, 0.3F, 0.2F, 0.1F}, labels), 0.0);
  EXPECT_EQ(roc_area(std::vector<float>(4, 0.7F), labels), 0.5);
}

TEST(RocArea, IsTheShareOfPairsWithManyTies) {
  std::mt19937 random(1);  // NOLINT: the same draws each time
  for (const int levels : {2, 5, 1000}) {
    std::vector<float> positive;
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < 300; ++i) {
      labels.push_back(static_cast<std::uint8_t>(random() % 3 == 0));
      positive.push_back(static_cast<float>(random() % static_cast<unsigned>(levels)) / 1000);
    }
    EXPECT_DOUBLE_EQ(roc_area(positive, labels), share_of_pairs(positive, labels)) << levels;
  }
}

TEST(RocArea, CountsMorePairsThan32BitsHold) {
  const std::size_t half = 50'000;
  std::vector<float> positive(2 * half, 0.25F);
  std::vector<std::uint8_t> labels(2 * half, 0);
  std::fill(positive.begin() + half, positive.end(), 0.75F);
  std::fill(labels.begin() + half, labels.end(), std::uint8_t{1});
  EXPECT_EQ(roc_area(positive, labels), 1.0);
}

TEST(RocArea, NeedsBothClasses) {
  EXPECT_TRUE(std::isnan(roc_area(std::vector<float>{0.1F, 0.9F}, std::vector<std::uint8_t>{1, 1})));
}

}  // namespace
}  // namespace rnnbench
