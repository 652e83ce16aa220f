// Catches: Bonferroni's factor for all, a smaller p adjusted to more than a larger one, absent tests counted,
// an order that isn't undone.
#include "harness/statistics/holm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Table = std::vector<std::optional<double>>;

// Benjamini and Hochberg 1995: of the fifteen hypotheses on two treatments of myocardial infarction,
// procedures that hold the chance of any error at 5 % refuse three.
TEST(Holm, AgreesWithBenjaminiAndHochbergsInfarctions) {
  const Table p_values = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                          0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const auto adjusted = holm(p_values);
  ASSERT_TRUE(adjusted) << adjusted.why_not();
  EXPECT_EQ(std::count_if(adjusted->begin(), adjusted->end(), [](const auto& p) { return *p <= 0.05; }), 3);
  EXPECT_NEAR(*(*adjusted)[0], 0.0015, 1e-12);
  EXPECT_NEAR(*(*adjusted)[2], 0.0247, 1e-12);
  EXPECT_NEAR(*(*adjusted)[3], 0.1140, 1e-12);
}

// The example of the encyclopaedia article "Holm–Bonferroni method": of 0.01, 0.04, 0.03 and 0.005 the fourth
// and the first are refused; adjusted 0.03, 0.06, 0.06 and 0.02.
TEST(Holm, KeepsTheOrderAndNeverFalls) {
  const auto adjusted = holm(Table{0.01, 0.04, 0.03, 0.005});
  const double expected[] = {0.03, 0.06, 0.06, 0.02};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(*(*adjusted)[i], expected[i], 1e-12);
}

TEST(Holm, LeavesAbsentTestsOut) {
  const auto adjusted = holm(Table{std::nullopt, 0.02, std::nullopt, 0.03});
  EXPECT_FALSE((*adjusted)[0]);
  EXPECT_NEAR(*(*adjusted)[1], 0.04, 1e-12);
  EXPECT_NEAR(*(*adjusted)[3], 0.04, 1e-12);
  EXPECT_TRUE(holm(Table{})->empty());
  EXPECT_EQ(*holm(Table{0.9, 0.8})->front(), 1);
}

TEST(Holm, RefusesWhatIsNoP) {
  EXPECT_EQ(holm(Table{0.1, 1.2}).why_not(), "p value 2 of the table is 1.2: it must lie between 0 and 1");
  EXPECT_EQ(holm(Table{std::nan("")}).why_not(),
            "p value 1 of the table is nan: it must lie between 0 and 1");
}

// With nothing but true hypotheses the chance of any "different" in a table of ten is 4.9 %.
TEST(Holm, HoldsTheChanceOfAnyErrorInATable) {
  const double any = share_of(20'000, [](RandomStream& random) {
    Table p_values(10);
    for (auto& p : p_values) p = random.uniform();
    const auto adjusted = holm(p_values);
    return std::any_of(adjusted->begin(), adjusted->end(), [](const auto& p) { return *p <= 0.05; });
  });
  EXPECT_NEAR(any, 1 - std::pow(1 - 0.005, 10), 0.005);
}

}  // namespace
}  // namespace rnnbench
