// The numbers of the figures of comparisons.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "plots/figure_plots.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

BenchSideData side_of(const std::string& engine, int threads, std::vector<double> step_ms) {
  BenchSideData side;
  side.label = side.engine = engine;
  side.settings = R"({"training":{"threads":)" + std::to_string(threads) + "}}";
  side.engine_details = R"({"threads":)" + std::to_string(threads) + "}";
  side.environment = R"({"processor":{"model":"X"},"system":{"host":"one"}})";
  for (const double ms : step_ms) side.rounds["step"].push_back(1e6 * ms);
  side.metrics = {{"needed_operations", 2e8},
                  {"needed_bytes", 1e7},
                  {"multiply_add_peak", 1e11},
                  {"bandwidth_memory", 1e10}};
  return side;
}

FigureData benches_of(std::vector<std::vector<BenchSideData>> comparisons) {
  FigureData data = small_data({});
  for (std::vector<BenchSideData>& sides : comparisons) {
    BenchData bench;
    bench.subject = "m1";
    bench.tokens = "imdb";
    bench.status = "finished";
    bench.sides = std::move(sides);
    data.benches.push_back(std::move(bench));
  }
  return data;
}

const Series& named(const Plot& plot, const std::string& name) {
  for (const Series& series : plot.panels[0].series) {
    if (series.name == name) return series;
  }
  ADD_FAILURE() << "no series " << name;
  return plot.panels[0].series.front();
}

TEST(SpeedRatios, AreOfTheReference) {
  const FigureData data =
      benches_of({{side_of("libtorch", 2, {10, 20, 40}), side_of("fused", 2, {5, 10, 20.2})}});
  const auto plot = speed_ratios(data);
  ASSERT_TRUE(plot);
  const Point& ratio = named(*plot, "m1: against libtorch: fused").points[0];
  EXPECT_NEAR(ratio.x, 0.5 * std::cbrt(1.01), 1e-9);
  const Point& interval = named(*plot, "m1: against libtorch: fused, 95 % interval").points[0];
  EXPECT_LT(interval.low, ratio.x);
  EXPECT_GT(interval.high, ratio.x);
  EXPECT_THAT(plot->subtitles, testing::Contains(HasSubstr("Parity of different engines not shown for m1")));
  EXPECT_THAT(plot->subtitles, testing::Contains(HasSubstr("X of one")));
}

TEST(SpeedRatios, WithParityThereIsNoWarning) {
  FigureData data = benches_of({{side_of("libtorch", 2, {10, 20}), side_of("fused", 2, {5, 10.1})}});
  ParityData parity;
  parity.reference = "libtorch";
  parity.candidate = "fused";
  parity.shown = true;
  data.benches[0].parity = {parity};
  EXPECT_THAT(speed_ratios(data)->subtitles, testing::Not(testing::Contains(HasSubstr("not shown"))));
}

TEST(SpeedRatios, AComparisonThatWasInterruptedIsLeftOut) {
  FigureData data = benches_of({{side_of("libtorch", 2, {10, 20}), side_of("fused", 2, {5, 10.1})}});
  data.benches[0].status = "interrupted";
  EXPECT_FALSE(speed_ratios(data));
}

TEST(ThreadScaling, IsHowManyTimesAsFastAsOnOneThread) {
  const FigureData data = benches_of({{side_of("fused", 4, {1, 2, 4}), side_of("fused", 2, {2, 4, 8.1}),
                                       side_of("fused", 1, {4, 8, 16.1})}});
  const auto plot = thread_scaling(data);
  ASSERT_TRUE(plot);
  EXPECT_NEAR(named(*plot, "m1, fused on 4 threads").points[0].x, 4, 0.02);
  EXPECT_NEAR(named(*plot, "m1, fused on 2 threads").points[0].x, 2, 0.02);
  EXPECT_EQ(named(*plot, "m1, fused on 4 threads, ideal").points[0].x, 4);
  EXPECT_FALSE(thread_scaling(benches_of({{side_of("fused", 2, {1, 2}), side_of("libtorch", 1, {2, 4})}})));
}

TEST(Roofline, IsOfOperationsAByteAndASecond) {
  const auto plot = roofline(benches_of(
      {{side_of("fused", 2, {2, 2, 2})}, {side_of("fused", 1, {4, 4, 4}), side_of("eigen", 1, {8, 8, 8})}}));
  ASSERT_TRUE(plot);
  const Series& steps = named(*plot, "training steps");
  ASSERT_THAT(steps.points, SizeIs(2)) << "those of one thread, which are more";
  EXPECT_DOUBLE_EQ(steps.points[0].x, 20);
  EXPECT_DOUBLE_EQ(steps.points[0].y, 50);  // 2e8 in 4 ms
  EXPECT_DOUBLE_EQ(named(*plot, "multiply-add peak").points[0].y, 100);
  const Series& memory = named(*plot, "bandwidth of memory");
  EXPECT_NEAR(memory.points[1].y / memory.points[1].x, 10, 1e-9);
  EXPECT_THAT(plot->subtitles.back(), HasSubstr("1 threads of X of one; 2 of 3"));
}

}  // namespace
}  // namespace rnnbench
