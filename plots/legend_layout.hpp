#pragma once

#include <vector>

#include "plots/plot.hpp"

namespace rnnbench {

inline constexpr double kLegendSample = 26;      ///< pixels of the line or point before a legend's text
inline constexpr double kLegendLine = 19;        ///< pixels a line of the legend
inline constexpr double kCharacterPixels = 6.7;  ///< a character at the size of labels, on the safe side

/// An entry with the place of its sample, in pixels from the top left corner of the legend.
struct PlacedEntry {
  const LegendEntry* entry = nullptr;
  double x = 0;
  double y = 0;
};

/// Entries side by side, wrapped at `width` pixels. They point into `legend`.
std::vector<PlacedEntry> place_legend(const std::vector<LegendEntry>& legend, double width);

}  // namespace rnnbench
