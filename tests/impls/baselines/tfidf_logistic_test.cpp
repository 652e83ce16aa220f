#include "impls/baselines/tfidf_logistic.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "harness/core/error.hpp"
#include "impls/baselines/logistic_loss.hpp"
#include "impls/baselines/tfidf.hpp"
#include "tests/impls/baselines/token_rows.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::Each;
using testing::HasSubstr;

BaselineSetup logistic_setup(double tolerance = 1e-9) {
  BaselineSetup setup;
  setup.spec.logistic.tolerance = tolerance;
  setup.spec.logistic.min_documents = 1;
  setup.recipe = twelve_ids();
  return setup;
}

// One word, in the positive review alone: the weights solve w = C (1 − s(w + b)) and s(w + b) + s(b) = 1, so
// that b = −w / 2 and w = s(−w / 2), which is 0.4446 (by hand, by bisection).
TEST(TfidfLogistic, FindsTheOptimumOfATinyCase) {
  const auto baseline = make_tfidf_logistic(logistic_setup());
  baseline->fit(token_rows({{1, {0}}, {0, {}}}), {}, ignore_round, {});
  const Parameters state = baseline->state();
  const double weight = state.at("weights").values.at(0);
  EXPECT_NEAR(weight, 1 / (1 + std::exp(weight / 2)), 1e-6);
  EXPECT_NEAR(weight, 0.4446, 1e-4);
  EXPECT_NEAR(state.at("bias").values.at(0), -weight / 2, 1e-6);
}

TEST(TfidfLogistic, EndsWhereTheGradientIsZero) {
  const BaselineSetup setup_of = logistic_setup();
  const TokenRows train = plain_reviews(60);
  const auto baseline = make_tfidf_logistic(setup_of);
  baseline->fit(train, {}, ignore_round, {});
  const Parameters state = baseline->state();
  std::vector<double> model = state.at("weights").values;
  model.push_back(state.at("bias").values.at(0));
  const CsrMatrix rows = Tfidf(train, setup_of.spec.logistic).rows(train);
  std::vector<double> gradient(model.size());
  double cross_entropy = 0;
  logistic_loss(rows, train.labels, 1, model, gradient, cross_entropy);
  EXPECT_THAT(gradient, Each(testing::DoubleNear(0, 1e-5)));  // the weights are rounded to single precision
}

TEST(TfidfLogistic, CallsNewReviewsRightAndIsTheSameFromItsState) {
  const auto baseline = make_tfidf_logistic(logistic_setup());
  int rounds = 0;
  const FittedBaseline fitted = baseline->fit(
      plain_reviews(60), {}, [&](const BaselineRound& round) { EXPECT_EQ(round.round, ++rounds); }, {});
  EXPECT_EQ(fitted.rounds_kept, rounds);
  EXPECT_TRUE(fitted.stopped_early);
  const TokenRows texts = token_rows({{1, {2, 9}}, {0, {3}}, {0, {}}});
  const std::vector<float> positive = baseline->predict(texts);
  EXPECT_GT(positive[0], 0.6F);
  EXPECT_LT(positive[1], 0.4F);
  EXPECT_NEAR(positive[2], 0.5F, 0.1F);
  const auto again = make_tfidf_logistic(logistic_setup());
  again->set_state(baseline->state());
  EXPECT_EQ(again->predict(texts), positive);
}

TEST(TfidfLogistic, OfOneClassAloneCallsEverythingThat) {
  const auto baseline = make_tfidf_logistic(logistic_setup(1e-5));
  const TokenRows train = token_rows({{1, {0}}, {1, {1, 2}}, {1, {}}});
  baseline->fit(train, {}, ignore_round, {});
  EXPECT_THAT(baseline->predict(train), Each(testing::Gt(0.99F)));
}

TEST(TfidfLogistic, StopsWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(
      make_tfidf_logistic(logistic_setup())->fit(plain_reviews(10), {}, ignore_round, source.get_token()),
      Interrupted);
}

TEST(TfidfLogistic, RefusesTheStateOfAnother) {
  const auto baseline = make_tfidf_logistic(logistic_setup());
  EXPECT_THAT(message_of<EngineError>([&] {
                baseline->set_state({{"weights", {{1}, {1}}}});
              }),
              HasSubstr("there is no ngrams.first in it"));
}

}  // namespace
}  // namespace rnnbench
