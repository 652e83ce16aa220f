#include "plots/panel_grid.hpp"

#include <algorithm>

#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"

namespace rnnbench {
namespace {

constexpr double kLeft = 78;  // for the ticks and the label of the first panel of a row
constexpr double kGap = 24;
constexpr double kOwnGap = 62;  // between panels where each has ticks of its own
constexpr double kWidest = 440;
constexpr double kHeadingLine = 14;
constexpr std::size_t kMostLines = 3;  // of a heading, what stands below it aside
constexpr double kBetween = 12;        // between the panels of a stack
constexpr double kTickRoom = 20;       // below a stack
constexpr double kLabelRoom = 22;      // below the last of a column

/// Ticks stay, as grid lines; their labels go.
Axis without_labels(Axis axis) {
  axis.label.clear();
  for (Tick& tick : axis.ticks) tick.label.clear();
  return axis;
}

std::size_t heading_characters(const PanelGrid& grid) { return static_cast<std::size_t>(grid.width / 6.9); }

std::vector<std::string> heading_lines(const std::string& heading, const PanelGrid& grid) {
  std::vector<std::string> lines = wrapped(heading, heading_characters(grid));
  if (lines.size() <= kMostLines) return lines;
  std::string& last = lines[kMostLines - 1];
  last = shortened(last + " " + lines[kMostLines], heading_characters(grid));
  lines.resize(kMostLines);
  return lines;
}

}  // namespace

PanelGrid panel_grid(const std::vector<std::string>& headings, const Sheet& sheet, double least_width,
                     bool own_axes) {
  const double gap = own_axes ? kOwnGap : kGap;
  const auto room = static_cast<std::size_t>((sheet.width - kLeft + gap - kGap) / (least_width + gap));
  const std::size_t wished = headings.size() <= 2 ? headings.size() : headings.size() <= 6 ? 3 : 4;
  PanelGrid grid;
  grid.own_axes = own_axes;
  grid.columns = std::clamp<std::size_t>(wished, 1, std::max<std::size_t>(room, 1));
  grid.width =
      std::min((sheet.width - kLeft + gap - kGap) / static_cast<double>(grid.columns) - gap, kWidest);
  std::size_t lines = 1;
  for (const std::string& heading : headings) lines = std::max(lines, heading_lines(heading, grid).size());
  grid.heading = 30 + kHeadingLine * static_cast<double>(lines);
  return grid;
}

double column_left(const PanelGrid& grid, std::size_t column) {
  return kLeft + static_cast<double>(column) * (grid.width + (grid.own_axes ? kOwnGap : kGap));
}

std::vector<Note> heading_notes(const std::string& heading, const std::string& below, const Panel& panel,
                                const PanelGrid& grid) {
  double dy = 9;
  std::vector<Note> notes = {{0, panel.y.high, below, Anchor::kLeft, 0, dy, /*across=*/true}};
  const std::vector<std::string> lines = heading_lines(heading, grid);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    dy += kHeadingLine;
    notes.push_back({0, panel.y.high, *line, Anchor::kLeft, 0, dy, /*across=*/true, /*bold=*/true});
  }
  return notes;
}

void lay_out(Plot& plot, std::vector<PanelStack> stacks, const PanelGrid& grid, double height) {
  const auto stacked = static_cast<double>(stacks.front().size());
  const double row_height = grid.heading + stacked * height + (stacked - 1) * kBetween + kTickRoom;
  const std::size_t rows = (stacks.size() + grid.columns - 1) / grid.columns;
  const double top = page_top(plot);
  plot.height = top + static_cast<double>(rows) * row_height + kLabelRoom + footer_height(plot);
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    const std::size_t column = i % grid.columns, row = i / grid.columns;
    double y = top + static_cast<double>(row) * row_height + grid.heading;
    for (Panel& panel : stacks[i]) {
      panel.box = {column_left(grid, column), y, grid.width, height};
      y += height + kBetween;
      if (column > 0 && !grid.own_axes) panel.y = without_labels(panel.y);
      if (&panel != &stacks[i].back()) panel.x = without_labels(panel.x);
      if (i + grid.columns < stacks.size()) panel.x.label.clear();
      plot.panels.push_back(std::move(panel));
    }
  }
}

}  // namespace rnnbench
