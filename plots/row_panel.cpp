#include "plots/row_panel.hpp"

#include <algorithm>

#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr double kLine = 26;       // pixels of a row whose texts stand beside its marks
constexpr double kLineAbove = 17;  // of the line of texts, and of that of marks, where they stand above
constexpr std::size_t kLongestLabel = 64;
constexpr double kEdge = 24;
constexpr double kLeastShare = 0.38;  // of the sheet's width for the marks

/// Texts of a row as far as they are shown.
std::vector<FigureRow> as_shown(std::vector<FigureRow> rows) {
  for (FigureRow& row : rows) {
    row.label = shortened(row.label, kLongestLabel);
    row.heading = shortened(row.heading, kLongestLabel);
  }
  return rows;
}

double widest(const std::vector<FigureRow>& rows, std::string FigureRow::*text) {
  double width = 0;
  for (const FigureRow& row : rows) width = std::max(width, label_pixels(row.*text));
  return width;
}

bool opens_heading(const std::vector<FigureRow>& rows, std::size_t row) {
  return !rows[row].heading.empty() && (row == 0 || rows[row].heading != rows[row - 1].heading);
}

double lines_of(const std::vector<FigureRow>& rows, double lines_a_row) {
  double lines = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) lines += lines_a_row + (opens_heading(rows, i) ? 1 : 0);
  return lines;
}

void put_beside(RowPanel& made, const FigureRow& row, double y) {
  made.panel.y.ticks.push_back({y, row.label});
  made.panel.notes.push_back({1, y, row.numbers, Anchor::kLeft, 10, 0, /*across=*/true});
}

bool fits_beside_numbers(const FigureRow& row, double width) {
  return label_pixels(row.label) + label_pixels(row.numbers) + 12 <= width;
}

/// As much of a text as the panel is wide.
std::string fitting(const std::string& text, const Panel& panel, bool bold = false) {
  constexpr double kBold = 1.14;  // bold letters are so much wider
  return shortened(text,
                   static_cast<std::size_t>(panel.box.width / (label_pixels("x") * (bold ? kBold : 1))));
}

/// The label above the marks and the numbers at its right, or on a line of their own below it.
void put_above(RowPanel& made, const FigureRow& row, double y, double lines) {
  made.panel.notes.push_back({0, y, fitting(row.label, made.panel), Anchor::kLeft, 2, 0, /*across=*/true});
  made.panel.notes.push_back({1, y - (lines - 2), row.numbers, Anchor::kRight, 0, 0, /*across=*/true});
}

}  // namespace

RowPanel row_panel(const std::vector<FigureRow>& given, const Plot& plot, double top) {
  const std::vector<FigureRow> rows = as_shown(given);
  RowPanel made;
  const double left =
      kEdge + 14 + std::max(widest(rows, &FigureRow::label), widest(rows, &FigureRow::heading));
  const double right = kEdge + widest(rows, &FigureRow::numbers);
  made.labels_above = plot.width - left - right < kLeastShare * plot.width;
  const double across = plot.width - 2 * kEdge;
  const bool all_fit =
      std::ranges::all_of(rows, [&](const FigureRow& row) { return fits_beside_numbers(row, across); });
  const double lines_a_row = !made.labels_above ? 1 : all_fit ? 2 : 3;
  const double lines = lines_of(rows, lines_a_row);
  Panel& panel = made.panel;
  panel.y = {"", 0.3, lines + 0.7, false, {}};
  if (made.labels_above) {
    panel.box = {kEdge, top, across, kLineAbove * (lines + 0.4)};
  } else {
    panel.box = {left, top, plot.width - left - right, kLine * (lines + 0.4)};
  }
  double y = lines;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (opens_heading(rows, i)) {
      const Anchor anchor = made.labels_above ? Anchor::kLeft : Anchor::kRight;
      const std::string heading = made.labels_above ? fitting(rows[i].heading, panel, true) : rows[i].heading;
      panel.notes.push_back({0, y, heading, anchor, made.labels_above ? 2.0 : -8.0, -2,
                             /*across=*/true,
                             /*bold=*/true});
      --y;
    }
    if (made.labels_above) {
      put_above(made, rows[i], y, lines_a_row);
      y -= lines_a_row - 1;
    } else {
      put_beside(made, rows[i], y);
    }
    made.y.push_back(y--);
  }
  return made;
}

double height_below(const Plot& plot, double bottom) { return bottom + 46 + footer_height(plot); }

}  // namespace rnnbench
