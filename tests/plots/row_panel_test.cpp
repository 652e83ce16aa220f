#include "plots/row_panel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plots/gnuplot_script.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Plot plot_of(double width) {
  Plot plot;
  plot.width = width;
  return plot;
}

TEST(RowPanel, PutsTextsBesideTheMarksWhereThereIsRoom) {
  const RowPanel made = row_panel({{"", "a", "1 s"}, {"", "b", "2 s"}}, plot_of(1000), 50);
  EXPECT_FALSE(made.labels_above);
  EXPECT_THAT(made.y, ElementsAre(2, 1));
  ASSERT_THAT(made.panel.y.ticks, SizeIs(2));
  EXPECT_EQ(made.panel.y.ticks[0].label, "a");
  EXPECT_EQ(made.panel.y.ticks[0].at, 2);
  EXPECT_EQ(made.panel.box.top, 50);
}

TEST(RowPanel, PutsTextsAboveTheMarksWhereThereIsNone) {
  const RowPanel made = row_panel({{"", std::string(40, 'a'), "1 s"}, {"", "b", "2 s"}}, plot_of(480), 50);
  EXPECT_TRUE(made.labels_above);
  EXPECT_THAT(made.y, ElementsAre(3, 1));
  EXPECT_THAT(made.panel.y.ticks, SizeIs(0));
  ASSERT_THAT(made.panel.notes, SizeIs(4));
  EXPECT_EQ(made.panel.notes[0].y, 4);
}

TEST(RowPanel, AHeadingStandsOnceAboveItsRows) {
  const RowPanel made = row_panel({{"A", "a", ""}, {"A", "b", ""}, {"B", "c", ""}}, plot_of(1000), 0);
  EXPECT_THAT(made.y, ElementsAre(4, 3, 1));
  EXPECT_EQ(made.panel.notes[0].text, "A");
  EXPECT_EQ(made.panel.notes[0].y, 5);
  EXPECT_TRUE(made.panel.notes[0].bold);
}

// A label may be of any length: no text may leave the panel or lie on another one.
TEST(RowPanel, LongLabelsAreCutToTheirRoom) {
  const FigureRow row{"", std::string(300, 'x'), "84.73 %  [84.4, 85.0]  n = 5"};
  for (const double width : {480.0, 720.0, 1000.0}) {
    const RowPanel made = row_panel({row}, plot_of(width), 0);
    ASSERT_TRUE(made.labels_above);
    EXPECT_LT(label_pixels(made.panel.notes[0].text), made.panel.box.width);
    const bool same_line = made.panel.notes[1].y == made.panel.notes[0].y;
    const double taken = label_pixels(made.panel.notes[0].text) + label_pixels(row.numbers);
    EXPECT_TRUE(!same_line || taken < made.panel.box.width) << width;
  }
}

}  // namespace
}  // namespace rnnbench
