#include "impls/baselines/boosted_trees.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "tests/impls/baselines/token_rows.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::Each;
using testing::HasSubstr;

BaselineSetup trees_setup(int rounds = 30, int patience = 0) {
  BaselineSetup setup;
  setup.spec.trees.rounds = rounds;
  setup.spec.trees.patience = patience;
  setup.spec.trees.threads = 1;
  setup.recipe = twelve_ids();
  setup.seed = 6;
  return setup;
}

/// Reviews whose labels have nothing to do with their words.
TokenRows noise(int count) {
  TokenRows rows = plain_reviews(count);
  for (std::size_t i = 0; i < rows.labels.size(); ++i) rows.labels[i] = i % 4 < 2 ? 1 : 0;
  return rows;
}

TEST(BoostedTrees, CallNewReviewsRightAndAreTheSameFromTheirState) {
  const auto trees = make_boosted_trees(trees_setup());
  std::vector<double> losses;
  const FittedBaseline fitted = trees->fit(
      plain_reviews(200), {}, [&](const BaselineRound& round) { losses.push_back(round.train_loss); }, {});
  EXPECT_TRUE(std::ranges::is_sorted(losses, std::ranges::greater()));
  EXPECT_EQ(fitted.rounds_kept, 30);
  EXPECT_FALSE(fitted.stopped_early);
  EXPECT_GE(fitted.parameters, 90);  // a split and two leaves each
  const TokenRows texts = token_rows({{1, {2, 9}}, {0, {3}}, {0, {}}});
  const std::vector<float> positive = trees->predict(texts);
  EXPECT_GT(positive[0], 0.9F);
  EXPECT_LT(positive[1], 0.1F);
  EXPECT_TRUE(positive[2] >= 0 && positive[2] <= 1);
  const auto again = make_boosted_trees(trees_setup());
  again->set_state(trees->state());
  EXPECT_EQ(again->predict(texts), positive);
}

TEST(BoostedTrees, KeepTheRoundOfTheLowestValidationLoss) {
  const auto trees = make_boosted_trees(trees_setup(100, 3));
  std::vector<double> losses;
  const TokenRows validation = noise(40);
  const FittedBaseline fitted =
      trees->fit(plain_reviews(200), validation,
                 [&](const BaselineRound& round) { losses.push_back(round.validation_loss); }, {});
  EXPECT_TRUE(fitted.stopped_early);
  EXPECT_EQ(fitted.rounds_kept + 3, static_cast<int>(losses.size()));
  const auto lowest = std::ranges::min_element(losses);
  EXPECT_EQ(lowest - losses.begin() + 1, fitted.rounds_kept);
  const auto short_one = make_boosted_trees(trees_setup(fitted.rounds_kept));
  short_one->fit(plain_reviews(200), {}, ignore_round, {});
  EXPECT_EQ(short_one->predict(validation), trees->predict(validation));
}

TEST(BoostedTrees, WithoutPatienceTakeAllRoundsWhateverValidationSays) {
  const FittedBaseline fitted =
      make_boosted_trees(trees_setup(20))->fit(plain_reviews(200), noise(40), ignore_round, {});
  EXPECT_EQ(fitted.rounds_kept, 20);
}

TEST(BoostedTrees, GiveTheSameBitsForASeedAndOthersForAnother) {
  const auto predicted = [&](std::uint64_t seed) {
    BaselineSetup drawing = trees_setup(10);
    drawing.spec.trees.subsample = 0.5;
    drawing.seed = seed;
    const auto trees = make_boosted_trees(drawing);
    trees->fit(noise(200), {}, ignore_round, {});
    return trees->predict(noise(20));
  };
  EXPECT_EQ(predicted(6), predicted(6));
  EXPECT_NE(predicted(6), predicted(10));
}

TEST(BoostedTrees, OfOneClassAloneCallEverythingThat) {
  const auto trees = make_boosted_trees(trees_setup(60));
  const TokenRows train = token_rows({{1, {0}}, {1, {1, 2}}, {1, {}}, {1, {3}}, {1, {3}}, {1, {3}}});
  trees->fit(train, {}, ignore_round, {});
  EXPECT_THAT(trees->predict(train), Each(testing::Gt(0.6F)));
}

TEST(BoostedTrees, StopWhenAskedTo) {
  std::stop_source source;
  const auto trees = make_boosted_trees(trees_setup());
  int rounds = 0;
  const auto stop_at_three = [&](const BaselineRound& round) {
    rounds = round.round;
    if (rounds == 3) source.request_stop();
  };
  EXPECT_THROW(trees->fit(plain_reviews(50), {}, stop_at_three, source.get_token()), Interrupted);
  EXPECT_EQ(rounds, 3);
}

TEST(BoostedTrees, RefuseAStateThatIsNone) {
  const auto trees = make_boosted_trees(trees_setup());
  EXPECT_THAT(message_of<EngineError>([&] { trees->set_state({}); }), HasSubstr("no xgboost.model"));
  EXPECT_THAT(message_of<EngineError>([&] {
                trees->set_state({{"xgboost.model", {{3}, {1, 2, 3}}}});
              }),
              HasSubstr("XGBoost: "));
}

}  // namespace
}  // namespace rnnbench
