#include "plots/legend_layout.hpp"

#include "results/query/plain_text.hpp"

namespace rnnbench {

std::vector<PlacedEntry> place_legend(const std::vector<LegendEntry>& legend, double width) {
  std::vector<PlacedEntry> placed;
  double x = 0;
  double y = 0;
  for (const LegendEntry& entry : legend) {
    const double needed =
        kLegendSample + 6 + kCharacterPixels * static_cast<double>(display_width(entry.label));
    if (x > 0 && x + needed > width) {
      x = 0;
      y += kLegendLine;
    }
    placed.push_back({&entry, x, y});
    x += needed + 16;
  }
  return placed;
}

}  // namespace rnnbench
