#include "harness/data/fit_sequence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace rnnbench {
namespace {

using testing::ElementsAre;

struct Fitted {
  std::array<std::int32_t, 4> row = {99, 99, 99, 99};
  std::int32_t kept = 0;
};

Fitted fit(const std::vector<std::int32_t>& sequence, End padding, End truncation) {
  Recipe recipe;
  recipe.padding = padding;
  recipe.truncation = truncation;
  Fitted fitted;
  fitted.kept = fit_sequence(sequence, recipe, fitted.row);
  return fitted;
}

TEST(FitSequence, PadsAtTheEndAsked) {
  for (const End truncation : {End::kFront, End::kBack}) {
    EXPECT_THAT(fit({1, 2, 3}, End::kFront, truncation).row, ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(fit({1, 2, 3}, End::kBack, truncation).row, ElementsAre(1, 2, 3, 0));
    EXPECT_EQ(fit({1, 2, 3}, End::kBack, truncation).kept, 3);
  }
}

TEST(FitSequence, CutsAtTheEndAsked) {
  for (const End padding : {End::kFront, End::kBack}) {
    EXPECT_THAT(fit({1, 2, 3, 4, 5, 6}, padding, End::kFront).row, ElementsAre(3, 4, 5, 6));
    EXPECT_THAT(fit({1, 2, 3, 4, 5, 6}, padding, End::kBack).row, ElementsAre(1, 2, 3, 4));
    EXPECT_EQ(fit({1, 2, 3, 4, 5, 6}, padding, End::kBack).kept, 4);
  }
}

TEST(FitSequence, FillsEmptyAndExactRows) {
  EXPECT_THAT(fit({}, End::kFront, End::kBack).row, ElementsAre(0, 0, 0, 0));
  EXPECT_EQ(fit({}, End::kFront, End::kBack).kept, 0);
  EXPECT_THAT(fit({1, 2, 3, 4}, End::kFront, End::kFront).row, ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace rnnbench
