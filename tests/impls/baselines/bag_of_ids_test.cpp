#include "impls/baselines/bag_of_ids.hpp"

#include <gmock/gmock.h>

#include "tests/impls/baselines/token_rows.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;

// Words of ranks 0 to 9 are ids 2 to 11; rank 10 has no id of its own, and kUncounted has none at all.
TEST(BagOfIds, CountsWordsByIdAndTheOthersAsUnknown) {
  const CsrMatrix bag =
      bag_of_ids(token_rows({{1, {0, 9, 0, 10, kUncounted}}, {0, {}}, {0, {1}}}), twelve_ids());
  EXPECT_THAT(bag.begins, ElementsAre(0, 3, 3, 4));
  EXPECT_THAT(bag.columns, ElementsAre(1, 2, 11, 3));
  EXPECT_THAT(bag.values, ElementsAre(2, 2, 1, 1));
}

}  // namespace
}  // namespace rnnbench
