#include "plots/label_places.hpp"

#include <gtest/gtest.h>

#include "plots/legend_layout.hpp"

namespace rnnbench {
namespace {

TEST(LabelPlaces, RightOfTheMarkWhereThereIsRoom) {
  const auto places = place_labels({{100, 100, "abc"}}, {{100, 100}}, 500, 200);
  ASSERT_TRUE(places[0].fits);
  EXPECT_EQ(places[0].anchor, Anchor::kLeft);
  EXPECT_GT(places[0].dx, 0);
}

TEST(LabelPlaces, LeftAtTheRightEdge) {
  const auto places = place_labels({{490, 100, "abcdef"}}, {{490, 100}}, 500, 200);
  ASSERT_TRUE(places[0].fits);
  EXPECT_EQ(places[0].anchor, Anchor::kRight);
}

TEST(LabelPlaces, TextsOfEqualPointsDoNotCoverEachOther) {
  const auto places = place_labels({{250, 100, "abc"}, {250, 100, "abc"}}, {{250, 100}}, 500, 200);
  ASSERT_TRUE(places[0].fits && places[1].fits);
  EXPECT_NE(places[0].anchor, places[1].anchor);
}

TEST(LabelPlaces, LeavesOutWhatFitsNowhere) {
  EXPECT_FALSE(place_labels({{10, 10, "a label that is wider than the panel"}}, {{10, 10}}, 50, 20)[0].fits);
}

TEST(LegendLayout, WrapsAtTheWidth) {
  const std::vector<LegendEntry> legend(3, LegendEntry{"twelve chars", Mark::kDot, "#000000", {}});
  const auto placed = place_legend(legend, 260);
  EXPECT_EQ(placed[1].y, 0);
  EXPECT_EQ(placed[2].x, 0);
  EXPECT_EQ(placed[2].y, kLegendLine);
}

}  // namespace
}  // namespace rnnbench
