#include <fmt/format.h>

#include <cmath>

#include "plots/figures.hpp"

namespace rnnbench {
namespace {

std::string field(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// Whether the points' `low` and `high` are drawn.
bool has_extent(Mark mark) {
  return mark == Mark::kInterval || mark == Mark::kUpright || mark == Mark::kBand || mark == Mark::kBox;
}

std::string number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

}  // namespace

std::string plot_csv(const Plot& plot) {
  std::string csv = "panel,series,x,y,low,high,value\n";
  for (const Panel& panel : plot.panels) {
    for (const Series& series : panel.series) {
      const bool interval = has_extent(series.mark);
      for (const Point& point : series.points) {
        csv += fmt::format("{},{},{},{},{},{},{}\n", field(panel.name), field(series.name), number(point.x),
                           number(point.y), interval ? number(point.low) : "",
                           interval ? number(point.high) : "", number(point.value));
      }
    }
  }
  return csv;
}

}  // namespace rnnbench
