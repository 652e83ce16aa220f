#include <fmt/format.h>

#include <algorithm>

#include "plots/axes.hpp"
#include "plots/figure_plots.hpp"
#include "plots/panel_grid.hpp"
#include "plots/size_grid.hpp"

namespace rnnbench {

std::optional<Plot> accuracy_map(const FigureData& data, const Theme& theme) {
  const SizeGrid grid = size_grid(data);
  if (grid.vocabularies.size() < 2 || grid.lengths.size() < 2) return std::nullopt;
  Plot plot =
      size_plot(data, grid, theme, "accuracy-map", "Test accuracy by vocabulary and length, as a map");
  Range range;
  for (const SizeGroup& group : grid.groups) {
    for (const auto& [size, interval] : group.percents) range.add(interval.mean);
  }
  const double span = std::max(range.high - range.low, 1e-9);
  for (const double share : {0.0, 0.5, 1.0}) {
    plot.legend.push_back({fmt::format("{:.2f} %", range.low + share * span),
                           Mark::kCell,
                           heat_colour(theme.palette, share),
                           {}});
  }
  plot.subtitles.emplace_back("Upwards the vocabulary (words), across the length (words).");
  const std::vector<std::string> headings = size_headings(grid);
  const PanelGrid panels = panel_grid(headings, theme.sheet);
  std::vector<PanelStack> stacks;
  for (std::size_t g = 0; g < grid.groups.size(); ++g) {
    Panel panel;
    panel.name = headings[g] + ", test accuracy (%)";
    panel.x = index_axis("length (words)", grid.lengths);
    panel.y = index_axis("", grid.vocabularies);
    for (std::size_t v = 0; v < grid.vocabularies.size(); ++v) {
      for (std::size_t l = 0; l < grid.lengths.size(); ++l) {
        const auto found = grid.groups[g].percents.find({grid.vocabularies[v], grid.lengths[l]});
        if (found == grid.groups[g].percents.end()) continue;
        const double x = static_cast<double>(l), y = static_cast<double>(v), mean = found->second.mean;
        const std::string colour = heat_colour(theme.palette, (mean - range.low) / span);
        panel.series.push_back(
            {fmt::format("vocabulary {}, length {}", grid.vocabularies[v], grid.lengths[l]),
             Mark::kCell,
             colour,
             {},
             {{x, y, x - 0.5, x + 0.5, mean}}});
        panel.notes.push_back({.x = x,
                               .y = y,
                               .text = fmt::format("{:.2f}", mean),
                               .anchor = Anchor::kCentre,
                               .colour = text_on(colour)});
      }
    }
    for (Note& note : heading_notes(headings[g], size_counts(grid.groups[g]), panel, panels))
      panel.notes.push_back(std::move(note));
    stacks.push_back({std::move(panel)});
  }
  lay_out(plot, std::move(stacks), panels, 34 * std::max(static_cast<double>(grid.vocabularies.size()), 3.0));
  return plot;
}

}  // namespace rnnbench
