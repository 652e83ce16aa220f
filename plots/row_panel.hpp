#pragma once

#include <string>
#include <vector>

#include "plots/plot.hpp"

namespace rnnbench {

/// One row of a figure that compares things by a number: its marks stand on one height of the panel.
struct FigureRow {
  std::string heading;  ///< above the first of its rows; "": none
  std::string label;    ///< what it is
  std::string numbers;  ///< in words and digits, beside the marks
};

/// A panel of rows from the top down. Where labels and numbers leave too little of the sheet's width for the
/// marks, they stand on a line of their own above them.
struct RowPanel {
  Panel panel;            ///< box, y axis and texts; the x axis and the series are the caller's
  std::vector<double> y;  ///< of each row's marks
  bool labels_above = false;
};

/// Labels and headings may be of any length: what is too long is cut. `top`: pixels from the top of the page.
RowPanel row_panel(const std::vector<FigureRow>& rows, const Plot& plot, double top);

/// The height of a plot whose lowest panel ends at `bottom`, with its ticks, label and footer.
double height_below(const Plot& plot, double bottom);

}  // namespace rnnbench
