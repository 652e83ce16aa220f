#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace rnnbench {

/// How figures look, said in one place: colours, and the sheets they are laid out for.

/// Colours as "#rrggbb". Those of `categories`, in this order, are told apart by the colour-blind (Okabe and
/// Ito 2008, "Color universal design"), on a dark ground in lighter shades.
struct Palette {
  const char* name = "";
  const char* background = "";
  const char* text = "";
  const char* axis = "";
  const char* grid = "";
  const char* grey = "";  ///< what belongs to no category: intervals, references
  std::array<const char*, 7> categories = {};
  const char* low = "";  ///< of a heat map, its lowest and highest value
  const char* high = "";
};

/// What a figure is for. All lengths of a plot are in pixels of this width; text has 8.5 to 14 points on
/// them.
struct Sheet {
  const char* name = "";
  double width = 0;
  double panel_height = 0;  ///< of a figure with one panel whose height is free
  double printed_cm = 0;    ///< width of the PDF
  double png_scale = 0;     ///< pixels of the PNG a pixel of the plot
};

/// The first of each is the default.
std::span<const Palette> palettes();
std::span<const Sheet> sheets();

struct Theme {
  Palette palette = palettes().front();
  Sheet sheet = sheets().front();
};

/// Throws ConfigError for a name that is none of palettes() or of sheets().
Theme theme_named(const std::string& palette, const std::string& sheet);

/// How many ticks the number axis of a whole figure takes.
int ticks_of(const Sheet& sheet);

/// "train", "validation" or "test" always in its own colour.
std::string split_colour(const Palette& palette, std::string_view split);

/// The colour at `share` (0 to 1) of the way from the palette's `low` to its `high`.
std::string heat_colour(const Palette& palette, double share);

/// Black or white, whichever is read more easily on a colour "#rrggbb" (WCAG 2.1, relative luminance).
std::string text_on(const std::string& colour);

}  // namespace rnnbench
