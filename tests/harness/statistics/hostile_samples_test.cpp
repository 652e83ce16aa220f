// Every function on every sample that could mislead it: there is a reason and no result, or a result all of
// whose numbers are finite. Catches: a number of NaN, of an overflow, of a sample too small, a crash.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "harness/statistics/bootstrap.hpp"
#include "harness/statistics/effect_sizes.hpp"
#include "harness/statistics/equivalence.hpp"
#include "harness/statistics/mean_intervals.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/rank_tests.hpp"
#include "harness/statistics/step_change.hpp"
#include "harness/statistics/t_tests.hpp"
#include "harness/statistics/timing_ratio.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

Values repeated(const Values& values, std::size_t n) {
  Values result;
  for (std::size_t i = 0; i < n; ++i) result.push_back(values[i % values.size()]);
  return result;
}

/// Without NaN and infinity, of 0, 1, 2, 5, 12 and 60 values.
std::vector<Values> finite_samples() {
  std::vector<Values> samples = {{}};
  for (const std::size_t n : {1U, 2U, 5U, 12U, 60U}) {
    for (const Values& values : std::vector<Values>{{0},
                                                    {-0.0, 0.0},
                                                    {0.83},
                                                    {0.1 + 0.2, 0.3},
                                                    {1, 1, 1, 2},
                                                    {1, 2, 3, 4, 5, 6, 7},
                                                    {kLargest, -kLargest},
                                                    {kLargest},
                                                    {1e160, 2e160, -3e160},
                                                    {kSmallest, 2 * kSmallest},
                                                    {1e-200, 3e-200, 2e-200},
                                                    {1e9, 1e9 + 1e-6}}) {
      samples.push_back(repeated(values, n));
    }
  }
  return samples;
}

double mean_of(std::span<const double> values) { return moments_of(values).mean; }

/// The numbers of each result that is not refused.
std::vector<double> numbers_of(const Values& first, const Values& second) {
  Values numbers;
  const auto take = [&](const Values& more) { numbers.insert(numbers.end(), more.begin(), more.end()); };
  for (const auto interval : {t_interval, prediction_interval}) {
    if (const auto r = interval(first, 0.95))
      take({r->mean, r->deviation, r->interval.low, r->interval.high});
  }
  if (const auto r = median_interval(first)) take({r->value, r->interval.low, r->interval.high, r->coverage});
  for (const auto method : {BootstrapMethod::kPercentile, BootstrapMethod::kBca}) {
    if (const auto r = bootstrap_interval(first, mean_of, {.method = method, .draws = 20})) {
      take({r->value, r->interval.low, r->interval.high});
    }
  }
  for (const auto test : {paired_t_test, welch_t_test}) {
    if (const auto r = test(first, second, 0.95)) take({r->t, r->p, r->interval.low, r->interval.high});
  }
  for (const auto test : {rank_sum_test, signed_rank_test}) {
    if (const auto r = test(first, second)) take({r->statistic, r->p, r->smallest_p});
  }
  if (const auto r = mean_ratio(first, second)) take({r->ratio, r->interval.low, r->interval.high});
  for (const auto effect : {cohens_dz, hedges_g, rank_biserial, cliffs_delta}) {
    if (const auto r = effect(first, second)) take({*r});
  }
  for (const auto equivalence : {paired_equivalence, welch_equivalence}) {
    if (const auto r = equivalence(first, second, 0.5)) take({r->p, r->low, r->high});
  }
  if (const auto r = step_change(first, 19)) take({r->before, r->after, r->p});
  return numbers;
}

TEST(HostileSamples, GiveAReasonOrFiniteNumbers) {
  const std::vector<Values> samples = finite_samples();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (std::size_t j = 0; j < samples.size(); ++j) {
      for (const double number : numbers_of(samples[i], samples[j])) {
        ASSERT_TRUE(std::isfinite(number))
            << testing::PrintToString(samples[i]) << " and " << testing::PrintToString(samples[j]);
      }
    }
  }
}

TEST(HostileSamples, WithNanOrInfinityGiveNoNumber) {
  for (const double bad : {kNan, kInfinity, -kInfinity}) {
    for (const std::size_t n : {1U, 2U, 12U, 60U}) {
      Values values = repeated({1, 2, 4, 3}, n);
      values.back() = bad;
      const bool is_judged_without_it = n > 2;  // by the tests of equivalence, which leave it out
      EXPECT_EQ(numbers_of(values, values).size(), is_judged_without_it ? 6 : 0) << bad << " last of " << n;
    }
  }
}

}  // namespace
}  // namespace rnnbench
