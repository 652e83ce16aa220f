// Catches: a bin of its own for 1, differences that cancel between bins, bins weighed alike.
#include "harness/metrics/calibration_error.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace rnnbench {
namespace {

TEST(CalibrationError, WeighsEachBinsGapByItsReviews) {
  // Bin 7: three of 0.75, two of them positive, gap 1/12. Bin 2: one of 0.25, positive, gap 3/4.
  const std::vector<float> positive = {0.75F, 0.75F, 0.75F, 0.25F};
  const std::vector<std::uint8_t> labels = {1, 1, 0, 1};
  EXPECT_DOUBLE_EQ(calibration_error(positive, labels), 3.0 / 4 / 12 + 1.0 / 4 * 3 / 4);
}

TEST(CalibrationError, GapsOfOneBinCancelAndThoseOfTwoDoNot) {
  const std::vector<std::uint8_t> labels = {1, 0};
  EXPECT_DOUBLE_EQ(calibration_error(std::vector<float>{0.5F, 0.5F}, labels), 0);
  EXPECT_DOUBLE_EQ(calibration_error(std::vector<float>{0.25F, 0.75F}, labels), 0.75);
}

TEST(CalibrationError, CertainReviewsAreInTheLastBin) {
  // Together in [0.9, 1] their gaps cancel: 0.9375 is 1/16 too low, 1 twice right.
  const std::vector<float> positive = {1, 0.9375F, 1};
  EXPECT_DOUBLE_EQ(calibration_error(positive, std::vector<std::uint8_t>{1, 1, 1}), 0.0625 / 3);
  EXPECT_DOUBLE_EQ(calibration_error(std::vector<float>{1, 0.9375F}, std::vector<std::uint8_t>{0, 1}),
                   (1 - 0.0625) / 2);
}

}  // namespace
}  // namespace rnnbench
