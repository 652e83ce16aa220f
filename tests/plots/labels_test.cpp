// At every size no text of a figure lies on another one or leaves the page, with few trials and with many.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plots/example_data.hpp"
#include "tests/plots/plot_texts.hpp"

namespace rnnbench {
namespace {

class Labels : public testing::TestWithParam<std::tuple<const char*, ExampleSize>> {};

TEST_P(Labels, NeverOverlap) {
  const auto& [size, example] = GetParam();
  const FigureSource source = example_source(example);
  for (const Figure& figure : figures()) {
    const std::optional<Plot> plot = figure.make(source, theme_named("light", size));
    if (!plot) continue;
    const std::vector<PlacedText> texts = texts_of(*plot);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      EXPECT_GE(texts[i].left, 0) << figure.name << ": " << texts[i].text;
      EXPECT_LE(texts[i].right, plot->width) << figure.name << ": " << texts[i].text;
      for (std::size_t j = 0; j < i; ++j)
        EXPECT_FALSE(overlap(texts[i], texts[j]))
            << figure.name << ": " << texts[i].text << " | " << texts[j].text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Labels,
                         testing::Combine(testing::Values("page", "column", "slide"),
                                          testing::Values(ExampleSize{}, ExampleSize{1, 1, 1, 2, false},
                                                          ExampleSize{3, 3, 2, 20, true})));

}  // namespace
}  // namespace rnnbench
