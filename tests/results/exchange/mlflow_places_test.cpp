#include "results/exchange/mlflow_places.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

MetricSeries series_at(const std::vector<std::pair<std::int64_t, std::int64_t>>& places) {
  MetricSeries series{"loss", "train", "", {}};
  for (const auto& [epoch, step] : places) series.points.push_back({epoch, step, 0});
  return series;
}

TEST(MlflowPlaces, OfEpochsAreTheEpochs) {
  const auto places = places_of(series_at({{1, -1}, {2, -1}, {3, -1}, {7, -1}}));
  EXPECT_EQ(places.back(), (MlflowPlace{7, 7, -1}));
  EXPECT_EQ(json_of(places).dump(), "[[1,-1,3],[7,-1,1]]");
}

TEST(MlflowPlaces, OfStepsAreCountedThroughAllEpochs) {
  const auto places = places_of(series_at({{1, 0}, {1, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 10}}));
  EXPECT_EQ(places[3], (MlflowPlace{3, 2, 0}));
  EXPECT_EQ(json_of(places).dump(), "[[1,0,3],[2,0,2],[2,10,1]]");
}

RC_GTEST_PROP(MlflowPlaces, ComeBackFromJson,
              (const std::map<std::int16_t, std::set<std::uint8_t>>& steps, bool of_epochs)) {
  std::vector<std::pair<std::int64_t, std::int64_t>> wanted;
  for (const auto& [epoch, of_epoch] : steps) {
    if (of_epochs) wanted.emplace_back(epoch, -1);
    for (const std::uint8_t step : of_epoch) {
      if (!of_epochs) wanted.emplace_back(epoch, step);
    }
  }
  const auto places = places_of(series_at(wanted));
  RC_ASSERT(places_of(json_of(places), places.size()) == places);
}

// Catches: memory for as many places as a damaged text says.
TEST(MlflowPlaces, BeyondTheValuesThatThereAreAreRefused) {
  EXPECT_THROW(places_of(Json::parse("[[1,-1,1000000000000]]"), 5), EnvironmentError);
  EXPECT_THROW(places_of(Json::parse("[[1,-1]]"), 5), Json::exception);
  EXPECT_TRUE(places_of(Json::parse("[[1,-1,-3]]"), 5).empty());
}

}  // namespace
}  // namespace rnnbench
