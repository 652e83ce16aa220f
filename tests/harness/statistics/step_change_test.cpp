// Catches: an index that is one off, a fall seen and a rise not, p that can be 0, an approximation that errs
// with ties or few values.
#include "harness/statistics/step_change.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

// Yearly flow of the Nile at Aswan from 1871 to 1970, 10⁸ m³ (Cobb 1978, "The problem of the Nile"; the data
// set `Nile` of R): it fell after 1898, the 28th year. Pettitt's approximation 2 exp(−6 K² / (n³ + n²)) gives
// p = 0.0000004 for K = 1617.
TEST(StepChange, AgreesWithCobbsNile) {
  const Values nile = {
      1120, 1160, 963,  1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994, 1020, 960,  1180,
      799,  958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,  874, 694,  940,  833,
      701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,  1120, 1100, 832, 764,  821,  768,
      845,  864,  862,  698,  845,  744,  796,  1040, 759,  781,  865,  845,  944,  984, 897,  822,  1010,
      771,  676,  649,  846,  812,  742,  801,  1040, 860,  874,  848,  890,  744,  749, 838,  1050, 918,
      986,  797,  923,  975,  815,  1020, 906,  901,  1170, 912,  746,  919,  718,  714, 740};
  ASSERT_EQ(nile.size(), 100);
  const auto change = step_change(nile);
  ASSERT_TRUE(change) << change.why_not();
  EXPECT_EQ(change->begins_at, 28);
  EXPECT_EQ(change->statistic, 1617);
  EXPECT_EQ(change->p, 1 / 2000.0);
  EXPECT_GT(change->before, 1100);
  EXPECT_LT(change->after, 850);
}

// By hand: 4! · 4! · 2 of the 8! orders split as clearly: p = 0.0286.
TEST(StepChange, FindsWhereTheLaterHalfBegins) {
  const auto change = step_change(Values{1, 2, 3, 4, 11, 12, 13, 14}, 20'000);
  EXPECT_EQ(change->begins_at, 4);
  EXPECT_EQ(change->statistic, 16);
  EXPECT_EQ(change->before, 2.5);
  EXPECT_EQ(change->after, 12.5);
  EXPECT_NEAR(change->p, 2 * 24 * 24 / 40320.0, 0.005);
  Values falling = {14, 13, 12, 11, 4, 3, 2, 1};
  EXPECT_EQ(step_change(falling)->begins_at, 4);
}

TEST(StepChange, SaysWhyThereIsNone) {
  EXPECT_EQ(step_change(Values(7, 1.0)).why_not(), "n = 7: at least 8 values are needed");
  EXPECT_EQ(step_change(Values(9, 1.0)).why_not(),
            "all 9 values are alike (1): nothing is known of their spread");
  Values history(9, 1.0);
  history[4] = std::nan("");
  EXPECT_EQ(step_change(history).why_not(),
            "1 of 9 values are NaN or infinite: look at those runs, and leave them out");
}

// One standard error of 2,000 repeats is 0.5 points.
TEST(StepChange, ErrsNoMoreOftenThanItSays) {
  for (const bool is_tied : {false, true}) {
    EXPECT_LT(share_of(2'000,
                       [&](RandomStream& random) {
                         const Values history =
                             is_tied ? tied_values(random, 20, 3) : normal_values(random, 20);
                         const auto change = step_change(history, 199);
                         return change && change->p <= 0.05;
                       }),
              0.0646);
  }
}

TEST(StepChange, FindsAStepOfTwoDeviations) {
  EXPECT_GT(share_of(300,
                     [](RandomStream& random) {
                       Values history = normal_values(random, 30);
                       for (std::size_t i = 18; i < history.size(); ++i) history[i] += 2;
                       const auto change = step_change(history, 199);
                       return change->p <= 0.05 && change->begins_at >= 16 && change->begins_at <= 20;
                     }),
            0.8);
}

}  // namespace
}  // namespace rnnbench
