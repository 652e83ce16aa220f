#pragma once

#include <string>

#include "plots/plot.hpp"
#include "plots/renderer.hpp"

namespace rnnbench {

/// The commands that draw a plot. gnuplot reads them in this order: `page_commands`, then for each panel
/// `panel_commands` followed by the inline data of its series, four columns (x, y, low, high) each.

/// Terminal, output file (a name in gnuplot's working folder) and the page's own texts and legend.
std::string page_commands(const Plot& plot, ImageFormat format, const std::string& file);

std::string panel_commands(const Plot& plot, const Panel& panel);

/// Where panels may begin: below title, subtitles and legend, which wrap at the width of `plot`.
double page_top(const Plot& plot);

/// Height in pixels of the footer, kept free at the bottom.
double footer_height(const Plot& plot);

/// Width in pixels of a text as axes and legends show it, by an estimate.
double label_pixels(const std::string& text);

}  // namespace rnnbench
