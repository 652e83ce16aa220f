#include "harness/runner/early_stopping.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace rnnbench {
namespace {

EarlyStoppingSpec spec(int patience, double min_delta = 0) {
  return {WatchedMetric::kValidationLoss, patience, min_delta, true};
}

/// The epoch after which training ends when the watched loss takes `values`, and the best one; 0: none.
std::pair<int, int> stopped_and_best(const EarlyStoppingSpec& spec, const std::vector<double>& values) {
  EarlyStopping stopping(spec);
  int epoch = 0;
  for (const double value : values) {
    ++epoch;
    stopping.follow({epoch, {{"loss", "validation", epoch, value, "nats"}}, {}});
    if (stopping.stops()) return {epoch, stopping.best_epoch()};
  }
  return {0, stopping.best_epoch()};
}

using Epochs = std::pair<int, int>;

// Catches: a count that starts an epoch early or late.
TEST(EarlyStopping, StopsAfterPatienceEpochsInARowWithoutImprovement) {
  EXPECT_EQ(stopped_and_best(spec(1), {3, 3, 1}), Epochs(2, 1));
  EXPECT_EQ(stopped_and_best(spec(2), {3, 4, 2, 4, 4, 1}), Epochs(5, 3));
  EXPECT_EQ(stopped_and_best(spec(3), {3, 4, 2, 4, 4, 1}), Epochs(0, 6));
}

TEST(EarlyStopping, AnImprovementIsMoreThanMinDelta) {
  EXPECT_EQ(stopped_and_best(spec(2, 0.5), {3, 2.5, 2.25, 1}), Epochs(0, 4));
  EXPECT_EQ(stopped_and_best(spec(2, 0.5), {3, 2.5, 2.5}), Epochs(3, 1));
}

TEST(EarlyStopping, NeverStopsWithoutPatience) {
  EXPECT_EQ(stopped_and_best(spec(0), {1, 2, 3, 4}), Epochs(0, 0));
}

TEST(EarlyStopping, NoNumberIsNoImprovement) {
  EXPECT_EQ(stopped_and_best(spec(2), {std::nan(""), std::nan("")}), Epochs(2, 0));
}

}  // namespace
}  // namespace rnnbench
