#include "impls/eigen/pooling.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/sample_batches.hpp"

namespace rnnbench::eigen {
namespace {

/// Three reviews of lengths 3, 1 and 0 in 3 steps; one unit, whose output at (step, review) is given.
Matrix<double> outputs() {
  Matrix<double> outputs(9, 1);
  outputs << 1, -2, 5,  // step 0
      4, -2, 5,         // step 1
      2, -3, 6;         // step 2
  return outputs;
}

SampleBatch batch(bool padded_at_front) {
  return {std::vector<std::int32_t>(9), {3, 1, 0}, {0, 1, 0}, 3, padded_at_front};
}

std::vector<double> pooled(Pooling kind, bool padded_at_front = false, Index piece = 3) {
  const SampleBatch sample = batch(padded_at_front);
  Pool<double> pool(kind);
  pool.begin(sample.view(), /*masks_padding=*/false, 1);
  const Matrix<double> all = outputs();
  for (Index first = 0; first < 3; first += piece) {
    pool.add(all.middleRows(first * 3, std::min<Index>(piece, 3 - first) * 3), {});
  }
  const MatrixMap<double> result = pool.pooled();
  return {result.data(), result.data() + result.size()};
}

TEST(Pooling, TakesWhatItsNameSays) {
  EXPECT_EQ(pooled(Pooling::kLast), (std::vector<double>{2, -3, 6}));
  EXPECT_EQ(pooled(Pooling::kLastValid), (std::vector<double>{2, -2, 5}));
  EXPECT_EQ(pooled(Pooling::kLastValid, true), (std::vector<double>{2, -3, 6}));
  EXPECT_EQ(pooled(Pooling::kMax), (std::vector<double>{4, -2, 6}));
  const std::vector<double> mean = pooled(Pooling::kMean);
  EXPECT_NEAR(mean[0], 7.0 / 3, 1e-15);
  EXPECT_NEAR(mean[1], -7.0 / 3, 1e-15);
}

std::vector<double> gradient(Pooling kind, Index piece = 3) {
  const SampleBatch sample = batch(false);
  Pool<double> pool(kind);
  pool.begin(sample.view(), /*masks_padding=*/false, 1);
  pool.add(outputs(), {});
  Matrix<double> by_outputs(9, 1);
  for (Index first = 0; first < 3; first += piece) {
    const Index rows = std::min<Index>(piece, 3 - first) * 3;
    pool.backward(first, Matrix<double>::Constant(3, 1, 3.0), {}, by_outputs.middleRows(first * 3, rows));
  }
  return {by_outputs.data(), by_outputs.data() + by_outputs.size()};
}

TEST(Pooling, ComesToTheSameInPieces) {
  for (const Pooling kind : {Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax}) {
    EXPECT_EQ(pooled(kind, false, 1), pooled(kind)) << name_of(kind);
    EXPECT_EQ(pooled(kind, false, 2), pooled(kind)) << name_of(kind);
    EXPECT_EQ(gradient(kind, 1), gradient(kind)) << name_of(kind);
    EXPECT_EQ(gradient(kind, 2), gradient(kind)) << name_of(kind);
  }
}

// Reviews of 3, 1 and no word. Catches: a mean over all slots, a maximum of a masked slot, an answer that
// is no number where nothing counts.
TEST(Pooling, LeavesMaskedSlotsOut) {
  const std::vector<std::uint8_t> masked = {0, 0, 1, 0, 1, 1, 0, 1, 1};
  SampleBatch sample = batch(false);
  sample.ids = {1, 1, 1, 1, 0, 0, 0, 0, 0};
  const auto walk = [&](Pooling kind) {
    Pool<double> pool(kind);
    pool.begin(sample.view(), /*masks_padding=*/true, 1);
    pool.add(outputs().topRows(6), std::span(masked).first(6));
    pool.add(outputs().bottomRows(3), std::span(masked).last(3));
    Matrix<double> by_outputs(9, 1);
    pool.backward(0, Matrix<double>::Constant(3, 1, 3.0), masked, by_outputs);
    std::vector<double> all(pool.pooled().data(), pool.pooled().data() + 3);
    all.insert(all.end(), by_outputs.data(), by_outputs.data() + 9);
    return all;
  };
  EXPECT_EQ(walk(Pooling::kMax), (std::vector<double>{4, -2, 0, 0, 3, 0, 3, 0, 0, 0, 0, 0}));
  const std::vector<double> mean = walk(Pooling::kMean);
  EXPECT_NEAR(mean[0], 7.0 / 3, 1e-15);
  EXPECT_EQ(std::vector(mean.begin() + 1, mean.end()),
            (std::vector<double>{-2, 0, 1, 3, 0, 1, 0, 0, 1, 0, 0}));
}

TEST(Pooling, SendsTheGradientWhereTheValueCameFrom) {
  EXPECT_EQ(gradient(Pooling::kLast), (std::vector<double>{0, 0, 0, 0, 0, 0, 3, 3, 3}));
  EXPECT_EQ(gradient(Pooling::kLastValid), (std::vector<double>{0, 3, 3, 0, 0, 0, 3, 0, 0}));
  EXPECT_EQ(gradient(Pooling::kMax), (std::vector<double>{0, 3, 0, 3, 0, 0, 0, 0, 3}));
  EXPECT_EQ(gradient(Pooling::kMean), std::vector<double>(9, 1.0));
}

TEST(Pooling, MaximumDoesNotHideNan) {
  const SampleBatch sample = batch(false);
  Pool<double> pool(Pooling::kMax);
  pool.begin(sample.view(), /*masks_padding=*/false, 1);
  Matrix<double> all = outputs();
  all(0) = std::nan("");
  pool.add(all, {});
  EXPECT_TRUE(std::isnan(pool.pooled()(0)));
}

}  // namespace
}  // namespace rnnbench::eigen
