#pragma once

#include <limits>
#include <string>
#include <vector>

#include "plots/theme.hpp"

namespace rnnbench {

/// A figure as data: what is drawn, where, with which words. Knows neither gnuplot nor the database.
/// Positions on the page are pixels from the top left corner of `Plot::width` × `Plot::height`.

enum class Shape { kCircle, kTriangle, kSquare, kDiamond, kPentagon, kTriangleDown };

/// How a series is drawn. Thin lines and dots are single runs, thick ones and marks stand for many.
enum class Mark {
  kThinLine,
  kThickLine,
  kDot,        ///< open, small
  kSolid,      ///< filled, large
  kTick,       ///< a short upright stroke through (x, y)
  kInterval,   ///< a bar from (low, y) to (high, y)
  kUpright,    ///< a bar from (x, low) to (x, high)
  kBand,       ///< the area between the lines of (x, low) and of (x, high)
  kBox,        ///< an area from (low, y) to (high, y), two thirds of a row high
  kCell,       ///< the same, as high as a row
  kReference,  ///< a dashed line that is no measurement
};

/// A point that is not finite is a gap. `low` and `high` are those of a bar, a band or a box.
struct Point {
  double x = 0;
  double y = 0;
  double low = 0;
  double high = 0;
  double value = std::numeric_limits<double>::quiet_NaN();  ///< what a cell's colour or a box's length shows
};

struct Series {
  std::string name;  ///< in exported data; the legend has its own entries
  Mark mark = Mark::kThinLine;
  std::string colour;  ///< "#rrggbb"
  Shape shape = Shape::kCircle;
  std::vector<Point> points;
};

struct Tick {
  double at = 0;
  std::string label;
};

struct Axis {
  std::string label;  ///< with its unit
  double low = 0;
  double high = 1;
  bool log = false;
  std::vector<Tick> ticks;
};

enum class Anchor { kLeft, kCentre, kRight };

/// Text at a place in a panel.
struct Note {
  double x = 0;  ///< on the x axis, or a fraction of the panel's width where `across`
  double y = 0;  ///< on the y axis
  std::string text;
  Anchor anchor = Anchor::kLeft;
  double dx = 0;        ///< pixels to the right
  double dy = 0;        ///< pixels upwards
  bool across = false;  ///< x is a fraction of the panel's width
  bool bold = false;
  std::string colour = {};  ///< "": the palette's text colour
};

/// Pixels of the page; the place of what is within the axes.
struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

struct Panel {
  std::string name;  ///< in exported data; what is drawn are the notes
  Box box;
  Axis x;
  Axis y;
  std::vector<Series> series;  ///< drawn in this order
  std::vector<Note> notes;
};

struct LegendEntry {
  std::string label;
  Mark mark = Mark::kThinLine;
  std::string colour;
  Shape shape = Shape::kCircle;
};

struct Plot {
  std::string name;  ///< of its file
  std::string title;
  std::vector<std::string> subtitles;  ///< data set and what all trials share; warnings
  std::string footer;                  ///< n, data set, source revision
  double width = 0;                    ///< pixels
  double height = 0;
  Theme theme = {};
  std::vector<LegendEntry> legend;  ///< drawn above the panels
  std::vector<Panel> panels;
};

}  // namespace rnnbench
