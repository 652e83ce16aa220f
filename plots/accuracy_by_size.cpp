#include <fmt/format.h>

#include <algorithm>

#include "plots/axes.hpp"
#include "plots/figure_plots.hpp"
#include "plots/panel_grid.hpp"
#include "plots/size_grid.hpp"

namespace rnnbench {
namespace {

/// What goes along x and what tells lines apart: lengths along x where there are two.
struct Sizes {
  std::vector<int> along, across;
  const char* along_name = "";
  const char* across_name = "";
  bool length_along = true;

  std::pair<int, int> key(int along_value, int across_value) const {
    return length_along ? std::pair(across_value, along_value) : std::pair(along_value, across_value);
  }
};

Sizes sizes_of(const SizeGrid& grid) {
  if (grid.lengths.size() > 1)
    return {grid.lengths, grid.vocabularies, "length (words)", "vocabulary", /*length_along=*/true};
  return {grid.vocabularies, grid.lengths, "vocabulary (words)", "length", /*length_along=*/false};
}

Panel panel_of(const SizeGroup& group, const Sizes& sizes, const Palette& palette) {
  Panel panel;
  const double apart = sizes.across.size() > 1 ? 0.06 : 0;  // so that intervals don't cover each other
  for (std::size_t line = 0; line < sizes.across.size(); ++line) {
    const std::string colour = palette.categories[line % palette.categories.size()];
    const std::string name = fmt::format("{} {}", sizes.across_name, grouped(sizes.across[line]));
    Series intervals{name + ", 95 % interval", Mark::kUpright, colour, {}, {}};
    Series means{name + ", mean", Mark::kThickLine, colour, {}, {}};
    for (std::size_t i = 0; i < sizes.along.size(); ++i) {
      const auto found = group.percents.find(sizes.key(sizes.along[i], sizes.across[line]));
      if (found == group.percents.end()) continue;
      const MeanInterval& interval = found->second;
      const double x = static_cast<double>(i) +
                       apart * (static_cast<double>(line) - static_cast<double>(sizes.across.size() - 1) / 2);
      means.points.push_back({x, interval.mean});
      if (interval.bounds)
        intervals.points.push_back(
            {x, interval.mean, std::max(interval.bounds->low, 0.0), std::min(interval.bounds->high, 100.0)});
    }
    if (!intervals.points.empty()) panel.series.push_back(std::move(intervals));
    if (!means.points.empty()) panel.series.push_back(std::move(means));
  }
  return panel;
}

Range range_of(const std::vector<PanelStack>& stacks) {
  Range range;
  for (const PanelStack& stack : stacks) {
    for (const Series& series : stack.front().series) {
      for (const Point& point : series.points) {
        range.add(point.y);
        if (series.mark != Mark::kUpright) continue;
        range.add(point.low);
        range.add(point.high);
      }
    }
  }
  return range;
}

}  // namespace

std::optional<Plot> accuracy_by_size(const FigureData& data, const Theme& theme) {
  const SizeGrid grid = size_grid(data);
  if (grid.trials.empty() || grid.is_one_size()) return std::nullopt;
  const Sizes sizes = sizes_of(grid);
  Plot plot = size_plot(data, grid, theme, "accuracy-by-size", "Test accuracy by vocabulary and length");
  for (std::size_t line = 0; line < sizes.across.size(); ++line) {
    plot.legend.push_back({fmt::format("{} {}", sizes.across_name, grouped(sizes.across[line])),
                           Mark::kThickLine,
                           theme.palette.categories[line % theme.palette.categories.size()],
                           {}});
  }
  plot.legend.push_back({"95 % t interval of the mean", Mark::kUpright, theme.palette.grey, {}});

  const std::vector<std::string> headings = size_headings(grid);
  const PanelGrid panels = panel_grid(headings, theme.sheet);
  std::vector<PanelStack> stacks;
  for (const SizeGroup& group : grid.groups) stacks.push_back({panel_of(group, sizes, theme.palette)});
  const Axis percents = percent_axis("test accuracy", range_of(stacks), 5);
  for (std::size_t g = 0; g < stacks.size(); ++g) {
    Panel& panel = stacks[g].front();
    panel.name = headings[g] + ", test accuracy (%)";
    panel.x = index_axis(sizes.along_name, sizes.along);
    panel.y = percents;
    panel.y.label = "test accuracy (%)";
    panel.notes = heading_notes(headings[g], size_counts(grid.groups[g]), panel, panels);
  }
  plot.subtitles.push_back(fmt::format("Axes are the same in all panels; accuracy from {:.4g} to {:.4g} %.",
                                       percents.low, percents.high));
  lay_out(plot, std::move(stacks), panels, std::min(0.6 * panels.width, theme.sheet.panel_height));
  return plot;
}

}  // namespace rnnbench
