// Catches: a batch that is left out or put in the wrong place, predictions read before they are written, a
// stop that waits for the end.
#include "harness/runner/evaluate.hpp"

#include <gtest/gtest.h>

#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

TEST(Evaluate, PredictsEachReviewAtItsPlace) {
  EngineScript script;
  script.positive_by_evaluation = {kRight};
  script.predicts_late = true;
  FakeEngine engine(script);
  const EncodedData data = tiny_data(/*with_validation=*/false);
  const Evaluation evaluation = evaluate(engine, data, data.test, /*batch=*/4, {});
  EXPECT_EQ(evaluation.positive, (std::vector<float>{0.1F, 0.9F, 0.1F, 0.9F, 0.1F, 0.9F}));
  EXPECT_EQ(script.evaluations, 2U);
  EXPECT_GE(evaluation.seconds, 0);
}

TEST(Evaluate, StopsBetweenBatches) {
  EngineScript script;
  FakeEngine engine(script);
  const EncodedData data = tiny_data(false);
  script.stop.request_stop();
  EXPECT_THROW(evaluate(engine, data, data.test, 4, script.stop.get_token()), Interrupted);
}

}  // namespace
}  // namespace rnnbench
