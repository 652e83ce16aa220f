#pragma once

#include <string>
#include <vector>

#include "plots/gnuplot_script.hpp"
#include "plots/plot.hpp"

namespace rnnbench {

/// A text and what it covers of the page, in pixels, by the estimate that figures are laid out with.
struct PlacedText {
  std::string text;
  double left, top, right, bottom;
};

inline double position(const Axis& axis, double at) {
  return axis.log ? std::log(at / axis.low) / std::log(axis.high / axis.low)
                  : (at - axis.low) / (axis.high - axis.low);
}

inline PlacedText placed(const std::string& text, double x, double y, Anchor anchor) {
  constexpr double kHeight = 11;
  const double width = 0.93 * label_pixels(text);  // the estimate is on the safe side
  const double left = anchor == Anchor::kLeft ? x : anchor == Anchor::kRight ? x - width : x - width / 2;
  return {text, left, y - kHeight / 2, left + width, y + kHeight / 2};
}

/// The notes and tick labels of all panels.
inline std::vector<PlacedText> texts_of(const Plot& plot) {
  std::vector<PlacedText> texts;
  for (const Panel& panel : plot.panels) {
    const Box& box = panel.box;
    const double bottom = box.top + box.height;
    for (const Note& note : panel.notes) {
      if (note.text.empty()) continue;
      const double x = box.left + box.width * (note.across ? note.x : position(panel.x, note.x)) + note.dx;
      const double y = bottom - box.height * position(panel.y, note.y) - note.dy;
      texts.push_back(placed(note.text, x, y, note.anchor));
    }
    for (const Tick& tick : panel.x.ticks) {
      if (!tick.label.empty())
        texts.push_back(placed(tick.label, box.left + box.width * position(panel.x, tick.at), bottom + 14,
                               Anchor::kCentre));
    }
    for (const Tick& tick : panel.y.ticks) {
      if (!tick.label.empty())
        texts.push_back(placed(tick.label, box.left - 8, bottom - box.height * position(panel.y, tick.at),
                               Anchor::kRight));
    }
  }
  return texts;
}

inline bool overlap(const PlacedText& a, const PlacedText& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

}  // namespace rnnbench
