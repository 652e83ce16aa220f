// Catches: reviews counted on which both agree, a one-sided p, more than 1, a mid-p that takes off a whole
// point, an interval that stands the wrong way round.
#include "harness/statistics/mcnemar.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

// Fagerland, Lydersen and Laake 2013, airway hyper-responsiveness before and after stem cell transplantation
// (Bentur and others 2009): 1 and 7 discordant pairs, exact p = 0.0703, mid-p = 0.0391.
TEST(McNemarTest, AgreesWithFagerlandLydersenAndLaake) {
  const auto test = mcnemar_test(1, 7);
  ASSERT_TRUE(test) << test.why_not();
  EXPECT_NEAR(test->p, 0.0703, 5e-5);
  EXPECT_NEAR(test->mid_p, 0.0391, 5e-5);
  EXPECT_EQ(mcnemar_test(7, 1)->p, test->p);
}

// The example of mcnemar.exact in the R package exact2x2: b = 2, c = 9, p = 0.06543, odds ratio 0.2222 with
// the interval 0.02336464 to 1.07363844.
TEST(McNemarTest, AgreesWithExact2x2) {
  const auto test = mcnemar_test(9, 2);
  EXPECT_NEAR(test->p, 0.06543, 5e-6);
  EXPECT_NEAR(test->share.low / (1 - test->share.low), 0.02336464, 5e-9);
  EXPECT_NEAR(test->share.high / (1 - test->share.high), 1.07363844, 5e-9);
}

TEST(McNemarTest, CountsTheReviewsOnWhichOnlyOneIsRight) {
  const std::array<bool, 6> first = {true, true, true, false, false, true};
  const std::array<bool, 6> second = {true, false, false, true, false, false};
  const auto test = mcnemar_test(std::span<const bool>(first), std::span<const bool>(second));
  EXPECT_EQ(test->first_only, 3);
  EXPECT_EQ(test->second_only, 1);
  EXPECT_NEAR(test->p, 10.0 / 16, 1e-12);
}

TEST(McNemarTest, GivesTheDifferenceOfTheAccuracies) {
  const auto test = mcnemar_test(40, 70);
  const Interval difference = test->difference(1000);
  EXPECT_TRUE(difference.contains(0.03));
  EXPECT_GT(difference.low, 0);
  EXPECT_LT(test->p, 0.05);
  EXPECT_NEAR(difference.low, -mcnemar_test(70, 40)->difference(1000).high, 1e-12);
}

TEST(McNemarTest, IsOneWhereTheyNeverDifferOrDifferEvenly) {
  EXPECT_EQ(mcnemar_test(0, 0)->p, 1);
  EXPECT_EQ(mcnemar_test(0, 0)->difference(100).high, 0);
  EXPECT_EQ(mcnemar_test(4, 4)->p, 1);
  EXPECT_NEAR(mcnemar_test(4, 4)->mid_p, 1, 1e-12);
}

TEST(McNemarTest, SaysWhyThereIsNone) {
  const std::array<bool, 2> few = {true, true};
  const std::array<bool, 3> more = {true, true, false};
  EXPECT_EQ(mcnemar_test(std::span<const bool>(few), std::span<const bool>(more)).why_not(),
            "predictions of 2 reviews and of 3: they come from different test sets");
  EXPECT_EQ(mcnemar_test(-1, 2).why_not(), "-1 and 2 can't be counts of reviews");
}

TEST(McNemarTest, ErrsNoMoreOftenThanItSays) {
  for (const int reviews : {12, 60}) {
    EXPECT_LT(share_of(10'000,
                       [&](RandomStream& random) {
                         int first_only = 0;
                         for (int i = 0; i < reviews; ++i) first_only += random.below(2) == 0 ? 1 : 0;
                         return mcnemar_test(first_only, reviews - first_only)->p <= 0.05;
                       }),
              0.05 + 0.0066)
        << reviews;
  }
}

}  // namespace
}  // namespace rnnbench
