#pragma once

#include <string>
#include <vector>

#include "plots/plot.hpp"

namespace rnnbench {

/// Small panels side by side, as many as the sheet has room for, with a heading above each.
struct PanelGrid {
  std::size_t columns = 1;
  double width = 0;       ///< of a panel
  double heading = 0;     ///< height of what stands above it
  bool own_axes = false;  ///< each panel has a y axis of its own, with labels
};

/// `headings`: a panel each, wrapped to at most three lines. `least_width`: of a panel, where it can be had.
PanelGrid panel_grid(const std::vector<std::string>& headings, const Sheet& sheet, double least_width = 200,
                     bool own_axes = false);

/// Pixels from the left of the page to the panels of a column.
double column_left(const PanelGrid& grid, std::size_t column);

/// The heading above a panel, in bold, and `below` it.
std::vector<Note> heading_notes(const std::string& heading, const std::string& below, const Panel& panel,
                                const PanelGrid& grid);

/// What stands below one heading, from above.
using PanelStack = std::vector<Panel>;

/// Puts stacks of panels, all of one height, into the grid row by row, below the plot's legend, and sets the
/// plot's height. x is labelled below a stack, with its name at the bottom, y at the left alone where all
/// have the same.
void lay_out(Plot& plot, std::vector<PanelStack> stacks, const PanelGrid& grid, double height);

}  // namespace rnnbench
