// Each kernel on each instruction set that runs here, over sizes about the width of a vector.
// Catches: a tile's last rows, a panel that is narrower than the others, a lane that is left out, functions
// that lose digits, denormal or infinite arguments.
#include "impls/fused/kernels.hpp"

#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "harness/core/error.hpp"
#include "impls/fused/packing.hpp"

namespace rnnbench::fused {
namespace {

class OnTarget : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { use_kernels(GetParam()); }
  void TearDown() override { use_kernels(""); }

  std::vector<Real> numbers(std::size_t count) {
    std::vector<Real> values(count);
    for (Real& value : values) value = static_cast<Real>(uniform_(random_));
    return values;
  }

  std::mt19937 random_{7};
  std::uniform_real_distribution<double> uniform_{-1, 1};
};

std::vector<int> first_rows(int count) {
  std::vector<int> rows(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) rows[static_cast<std::size_t>(i)] = i;
  return rows;
}

constexpr double kTolerance = sizeof(Real) == 8 ? 1e-13 : 1e-5;

TEST_P(OnTarget, ProductIsThatOfItsFactors) {
  const int lanes = kernels().lanes;
  for (const int rows : {1, 2, 5, 6, 7, 12, 13}) {
    for (const int vectors : {1, 2, 3, 4, 5, 7, 8}) {
      for (const int depth : {1, 3, 17}) {
        const int columns = vectors * lanes;
        const auto size = [](int a, int b) {
          return static_cast<std::size_t>(a) * static_cast<std::size_t>(b);
        };
        const std::vector<Real> a = numbers(size(rows, depth)), b = numbers(size(columns, depth));
        const std::vector<Real> start = numbers(static_cast<std::size_t>(columns));
        std::vector<Real> panels(size(columns, depth)), out(size(rows, columns));
        pack_transposed({b.data(), depth, 0, depth}, first_rows(columns), lanes, panels.data());
        Product product{.rows = rows, .vectors = vectors, .start = {start.data(), 0, nullptr}};
        product.operands[product.operand_count++] = {{a.data(), depth, nullptr}, panels.data(), depth};
        kernels().product(product, out.data(), columns);
        for (int r = 0; r < rows; ++r) {
          for (int c = 0; c < columns; ++c) {
            double expected = static_cast<double>(start[static_cast<std::size_t>(c)]);
            for (int k = 0; k < depth; ++k) {
              expected += static_cast<double>(a[size(r, depth) + static_cast<std::size_t>(k)]) *
                          static_cast<double>(b[size(c, depth) + static_cast<std::size_t>(k)]);
            }
            ASSERT_NEAR(static_cast<double>(out[size(r, columns) + static_cast<std::size_t>(c)]), expected,
                        kTolerance)
                << rows << " rows, " << vectors << " vectors, depth " << depth;
          }
        }
      }
    }
  }
}

#ifndef RNNBENCH_FUSED_DOUBLE
float from_bfloat16(std::uint32_t upper) { return std::bit_cast<float>(upper << 16U); }

TEST(Packing, RoundsToTheNearestBfloat16) {
  const float infinity = std::numeric_limits<float>::infinity(),
              none = std::numeric_limits<float>::quiet_NaN();
  // 1 + 2⁻⁸ is between two, of which 1 is even; 1 + 3·2⁻⁸ likewise, and 1 + 2⁻⁶ is.
  const std::vector<float> values = {1.0F, 1.00390625F, 1.01171875F, -1.004F, 3.4e38F, -infinity, none, 0};
  const std::vector<float> rounded = {1.0F, 1.0F, 1.015625F, -1.0078125F, infinity, -infinity, none, 0};
  std::vector<std::uint32_t> pairs(4);
  pack_pairs(values.data(), 8, 1, 1, pairs.data());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float found = from_bfloat16(i % 2 == 0 ? pairs[i / 2] & 0xFFFFU : pairs[i / 2] >> 16U);
    EXPECT_TRUE(found == rounded[i] || (std::isnan(found) && std::isnan(rounded[i])))
        << values[i] << " became " << found;
  }
}

TEST_P(OnTarget, ProductOfPairsIsThatOfRoundedFactors) {
  const int lanes = kernels().lanes;
  for (const int rows : {1, 2, 5, 7}) {
    for (const int vectors : {1, 3, 4, 6}) {
      for (const int depth : {1, 2, 3, 16, 17}) {
        const int columns = vectors * lanes;
        std::vector<Real> a = numbers(static_cast<std::size_t>(rows * depth)),
                          b = numbers(static_cast<std::size_t>(columns * depth));
        std::vector<std::uint32_t> pairs(static_cast<std::size_t>(columns * (depth + 1) / 2 + columns));
        pack_pairs(b.data(), depth, columns, lanes, pairs.data());
        for (Real& value : b) {
          std::uint32_t pair = 0;
          pack_pairs(&value, 1, 1, 1, &pair);
          value = from_bfloat16(pair);
        }
        std::vector<Real> expected(static_cast<std::size_t>(rows * columns)), found(expected.size());
        Product product{.rows = rows, .vectors = vectors, .operand_count = 1};
        product.operands[0] = {.rows = {a.data(), depth, nullptr}, .panels = b.data(), .depth = depth};
        kernels().product(product, expected.data(), columns);
        product.operands[0].pairs = pairs.data();
        product.homeward = true;
        kernels().product(product, found.data(), columns);
        for (std::size_t i = 0; i < found.size(); ++i) ASSERT_NEAR(found[i], expected[i], 1e-5) << depth;
      }
    }
  }
}
#endif

TEST_P(OnTarget, MasksAreThoseOfTheHarness) {
  const DropoutRule rule(0.3, dropout_site(DropoutKind::kLayerOutput, 1), {0x123456789abcdefULL, 77});
  for (const std::int64_t blocks : {1, 2, 5}) {
    std::vector<Real> expected(static_cast<std::size_t>(blocks) * kDropoutBlock), found(expected.size(), 1);
    std::vector<std::uint8_t> stays(expected.size());
    fill_dropout_mask(rule, std::span(expected), 3 * kDropoutBlock);
    kernels().draw_mask(rule, 3, stays.data(), blocks);
    kernels().mask(found.data(), {stays.data(), static_cast<Real>(rule.kept)}, std::ssize(found));
    EXPECT_EQ(found, expected);
  }
}

TEST_P(OnTarget, AMaskIsMultipliedFromAnyElementOn) {
  const int count = 3 * kernels().lanes + 5;
  const std::vector<Real> values = numbers(static_cast<std::size_t>(count));
  std::vector<std::uint8_t> stays(values.size() + 1);
  for (std::size_t i = 0; i < stays.size(); ++i) stays[i] = i % 3 == 0 ? 1 : 0;
  const ByteMask mask = ByteMask{stays.data(), 1.25}.from(1);
  std::vector<Real> times = values, sums(values.size(), 2);
  kernels().mask(times.data(), mask, count);
  kernels().add_masked(sums.data(), values.data(), mask, count);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Real expected = i % 3 == 2 ? values[i] * Real{1.25} : 0;
    EXPECT_EQ(times[i], expected) << i;
    EXPECT_NEAR(sums[i], 2 + expected, kTolerance) << i;
  }
}

TEST_P(OnTarget, PackingAndUnpackingAreEachOthersReverse) {
  const int lanes = kernels().lanes, depth = 5, columns = 7 * lanes;
  const std::vector<Real> matrix = numbers(static_cast<std::size_t>(columns * depth));
  std::vector<Real> panels(matrix.size()), back(matrix.size(), 0);
  pack_transposed({matrix.data(), depth, 0, depth}, first_rows(columns), lanes, panels.data());
  unpack_transposed(panels.data(), first_rows(columns), lanes, depth, back.data(), depth, 0);
  EXPECT_EQ(back, matrix);
}

/// f of each value, by a simple cell that has nothing but its argument.
std::vector<Real> activated(Activation activation, std::vector<Real> values) {
  const auto lanes = static_cast<std::size_t>(kernels().lanes);
  const std::size_t count = values.size();
  values.resize((count + lanes - 1) / lanes * lanes);
  std::vector<Real> hidden(values.size());
  CellStep step;
  step.product = {.rows = static_cast<int>(values.size() / lanes),
                  .vectors = 1,
                  .start = {values.data(), static_cast<std::int64_t>(lanes), nullptr}};
  step.activation = activation;
  step.hidden = hidden.data();
  kernels().rnn_step(step);
  hidden.resize(count);
  return hidden;
}

/// Bit patterns a prime apart, so that all exponents and many mantissas are met, and the edges.
std::vector<Real> many_numbers() {
  std::vector<Real> values = {0, static_cast<Real>(-0.0), 1, -1, 40, -40, 87, -87, 88, -88, 1000, -1000};
  for (int exponent = -60; exponent <= 7; ++exponent) {
    for (int step = 0; step < 997; ++step) {
      const double value = std::ldexp(1 + step / 997.0, exponent);
      values.push_back(static_cast<Real>(value));
      values.push_back(static_cast<Real>(-value));
    }
  }
  return values;
}

TEST_P(OnTarget, TanhIsWithinItsBound) {
  const double bound = sizeof(Real) == 8 ? 2e-15 : 3e-7;
  const std::vector<Real> values = many_numbers(), found = activated(Activation::kTanh, values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = std::tanh(static_cast<double>(values[i]));
    ASSERT_NEAR(static_cast<double>(found[i]), expected, bound * std::abs(expected)) << "at " << values[i];
  }
}

/// What an LSTM's step leaves of one vector of units whose arguments are `a`, from a memory of `c`.
struct LstmValues {
  std::vector<Real> gates, hidden;
};
LstmValues lstm_values(Real a_i, Real a_f, Real a_g, Real a_o, Real c) {
  const auto lanes = static_cast<std::size_t>(kernels().lanes);
  std::vector<Real> start;
  for (const Real a : {a_i, a_f, a_g, a_o}) start.insert(start.end(), lanes, a);
  const std::vector<Real> memory(lanes, c);
  LstmValues values{std::vector<Real>(4 * lanes), std::vector<Real>(lanes)};
  CellStep step;
  step.product = {.rows = 1, .vectors = 4, .start = {start.data(), 0, nullptr}};
  step.gates = values.gates.data();
  step.hidden = values.hidden.data();
  step.memory_before = memory.data();
  kernels().lstm_step(step);
  return values;
}

// Catches: a shared division whose denominator overflows or whose share is flushed as a denormal.
TEST_P(OnTarget, GatesOfAnLstmAreWithinTheirBounds) {
  const double bound = sizeof(Real) == 8 ? 1e-14 : 5e-7, least = sizeof(Real) == 8 ? 1e-300 : 1e-37;
  const auto lanes = static_cast<std::size_t>(kernels().lanes);
  const auto logistic = [](Real x) { return 1 / (1 + std::exp(-static_cast<double>(x))); };
  const std::vector<Real> values = {0,  1,   -1, 3,   -8,  20,   -20,  60,   -60,
                                    86, -86, 87, -87, 100, -100, 1000, -1000};
  for (const Real x : values) {
    for (const Real y : values) {
      const LstmValues found = lstm_values(x, y, y, x, static_cast<Real>(0.5));
      const double i = logistic(x), f = logistic(y), g = std::tanh(static_cast<double>(y));
      const double h = i * std::tanh(f * 0.5 + i * g);
      const double expected[] = {i, f, g, i};
      for (std::size_t gate = 0; gate < 4; ++gate) {
        ASSERT_NEAR(static_cast<double>(found.gates[gate * lanes]), expected[gate],
                    bound * std::abs(expected[gate]) + least)
            << "gate " << gate << " at " << x << ", " << y;
      }
      ASSERT_NEAR(static_cast<double>(found.hidden[0]), h, 4 * bound * std::abs(h) + least) << x << ", " << y;
    }
  }
  const Real none = std::numeric_limits<Real>::quiet_NaN();
  EXPECT_TRUE(std::isnan(lstm_values(none, 0, 1, 0, 0).gates[0]));
  EXPECT_TRUE(std::isnan(lstm_values(0, none, 1, 0, 0).hidden[0]));
  EXPECT_TRUE(std::isnan(lstm_values(0, 0, none, 0, 0).gates[2 * lanes]));
  EXPECT_TRUE(std::isnan(lstm_values(0, 0, 1, none, 0).hidden[0]));
}

TEST_P(OnTarget, NoNumberStaysNone) {
  const Real none = std::numeric_limits<Real>::quiet_NaN();
  EXPECT_TRUE(std::isnan(activated(Activation::kTanh, {none})[0]));
  EXPECT_TRUE(std::isnan(activated(Activation::kRelu, {none})[0]));
  const Real infinite = std::numeric_limits<Real>::infinity();
  EXPECT_EQ(activated(Activation::kTanh, {infinite, -infinite}), (std::vector<Real>{1, -1}));
}

TEST_P(OnTarget, SumsTheRowsThatItIsGiven) {
  const int lanes = kernels().lanes, columns = 13 * lanes;
  const std::vector<Real> rows = numbers(static_cast<std::size_t>(5 * columns));
  const std::int32_t index[] = {4, 0, 4};
  std::vector<Real> out(static_cast<std::size_t>(columns));
  kernels().sum_rows(rows.data(), columns, index, 3, columns, out.data(), false);
  for (int c = 0; c < columns; ++c) {
    const double expected = 2 * static_cast<double>(rows[static_cast<std::size_t>(4 * columns + c)]) +
                            static_cast<double>(rows[static_cast<std::size_t>(c)]);
    ASSERT_NEAR(static_cast<double>(out[static_cast<std::size_t>(c)]), expected, kTolerance) << c;
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, OnTarget, testing::ValuesIn(kernel_targets()),
                         [](const auto& about) { return about.param; });

TEST(Kernels, AreNotHadForAnInstructionSetThatIsNotHere) {
  try {
    use_kernels("ABACUS");
    FAIL();
  } catch (const EngineError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("\"ABACUS\""));
  }
}

}  // namespace
}  // namespace rnnbench::fused
