#include "impls/libtorch/pending_predictions.hpp"

#include <ATen/ops/arange.h>
#include <gmock/gmock.h>

namespace rnnbench {
namespace {

using testing::ElementsAre;

TEST(PendingPredictions, AreWrittenTogetherEachToItsPlace) {
  std::vector<float> positive(5, -1);
  const at::Tensor values = at::arange(5, at::kFloat);
  PendingPredictions pending;
  pending.add(values.slice(0, 2, 5), std::span(positive).subspan(0, 3));
  pending.add(values.slice(0, 0, 2), std::span(positive).subspan(3, 2));
  EXPECT_THAT(positive, ElementsAre(-1, -1, -1, -1, -1));
  pending.write();
  EXPECT_THAT(positive, ElementsAre(2, 3, 4, 0, 1));
}

// Catches: places of an earlier evaluation written to again.
TEST(PendingPredictions, AreForgottenOnceWritten) {
  std::vector<float> positive(1);
  PendingPredictions pending;
  pending.add(at::arange(1, 2, at::kFloat), positive);
  pending.write();
  positive[0] = 7;
  pending.write();
  EXPECT_THAT(positive, ElementsAre(7));
}

}  // namespace
}  // namespace rnnbench
