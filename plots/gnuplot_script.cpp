#include "plots/gnuplot_script.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/gnuplot_text.hpp"
#include "plots/legend_layout.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr double kMargin = 18;
constexpr double kTitleBaseline = 26;
constexpr double kTitleLine = 21;
constexpr double kSubtitleBelow = 22;  // of the last line of the title
constexpr double kSubtitleLine = 18;
constexpr double kFooterLine = 14;
constexpr double kPointsOfInch = 72;  // a point of a font is a pixel where gnuplot draws in pixels
constexpr double kCentimetresOfInch = 2.54;

std::vector<std::string> subtitle_lines(const Plot& plot) {
  std::vector<std::string> lines;
  for (const std::string& subtitle : plot.subtitles) {
    for (std::string& line : wrapped(subtitle, static_cast<std::size_t>((plot.width - 2 * kMargin) / 6.6))) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

std::vector<std::string> title_lines(const Plot& plot) {
  return wrapped(plot.title, static_cast<std::size_t>((plot.width - 2 * kMargin) / 10.8));
}

double subtitle_baseline(const Plot& plot) {
  const double more = std::max(static_cast<double>(title_lines(plot).size()) - 1, 0.0);
  return kTitleBaseline + kTitleLine * more + kSubtitleBelow;
}

std::vector<std::string> footer_lines(const Plot& plot) {
  return wrapped(plot.footer, static_cast<std::size_t>((plot.width - 2 * kMargin) / 6.2));
}

double legend_top(const Plot& plot) {
  return subtitle_baseline(plot) - 4 + kSubtitleLine * static_cast<double>(subtitle_lines(plot).size());
}

double legend_height(const Plot& plot) {
  const auto placed = place_legend(plot.legend, plot.width - 2 * kMargin);
  return placed.empty() ? 0 : placed.back().y + kLegendLine;
}

int point_type(Shape shape, bool filled) {
  const int open[] = {6, 8, 4, 12, 14, 10};  // gnuplot's numbers of circle, triangle, square, …
  return open[static_cast<int>(shape)] + (filled ? 1 : 0);
}

std::string screen(const Plot& plot, double x, double y) {
  return fmt::format("screen {:.6f}, screen {:.6f}", x / plot.width, 1 - y / plot.height);
}

std::string page_text(const Plot& plot, double x, double y, const std::string& text, std::string_view font) {
  return fmt::format("set label {} at {} left front font '{}' textcolor rgb '{}'\n", gnuplot_quoted(text),
                     screen(plot, x, y), font, plot.theme.palette.text);
}

/// "#80rrggbb": half transparent, so that lines that cross stay readable.
std::string faded(const std::string& colour) { return "#70" + colour.substr(1); }

std::string point_style(const std::string& colour, Shape shape, bool filled) {
  return fmt::format("pt {} ps {} lw {} lc rgb '{}'", point_type(shape, filled), filled ? 1.25 : 0.85,
                     filled ? 1.0 : 1.2, colour);
}

std::string line_style(Mark mark, const std::string& colour) {
  switch (mark) {
    case Mark::kThinLine:
      return fmt::format("lw 0.9 lc rgb '{}'", faded(colour));
    case Mark::kThickLine:
      return fmt::format("lw 2.4 lc rgb '{}'", colour);
    case Mark::kReference:
      return fmt::format("lw 1.2 dt 2 lc rgb '{}'", colour);
    case Mark::kInterval:
    case Mark::kUpright:
      return fmt::format("lw 1.6 lc rgb '{}'", colour);
    case Mark::kBand:
      return fmt::format("lw 0 lc rgb '#c0{}'", colour.substr(1));
    default:
      return fmt::format("lw 2.4 lc rgb '{}'", colour);
  }
}

std::string drawn_with(const Series& series) {
  switch (series.mark) {
    case Mark::kThinLine:
    case Mark::kThickLine: {
      const double size = series.mark == Mark::kThinLine ? 0.25 : 0.5;
      return fmt::format("using 1:2 with linespoints pt 7 ps {} {}", size,
                         line_style(series.mark, series.colour));
    }
    case Mark::kDot:
    case Mark::kSolid:
      return "using 1:2 with points " + point_style(series.colour, series.shape, series.mark == Mark::kSolid);
    case Mark::kTick:
      return "using 1:($2-0.3):(0):(0.6) with vectors nohead " + line_style(series.mark, series.colour);
    case Mark::kInterval:
      return "using 1:2:3:4 with xerrorbars pt -1 " + line_style(series.mark, series.colour);
    case Mark::kUpright:
      return "using 1:2:3:4 with yerrorbars pt -1 " + line_style(series.mark, series.colour);
    case Mark::kBand:
      return "using 1:3:4 with filledcurves " + line_style(series.mark, series.colour);
    case Mark::kBox:
    case Mark::kCell:
      return fmt::format("using 1:2:3:4:($2-{0}):($2+{0}) with boxxyerror fs solid noborder lc rgb '{1}'",
                         series.mark == Mark::kBox ? 0.33 : 0.5, series.colour);
    case Mark::kReference:
      return "using 1:2 with lines " + line_style(series.mark, series.colour);
  }
  return "";
}

std::string legend_sample(const Plot& plot, const PlacedEntry& placed) {
  const LegendEntry& entry = *placed.entry;
  const double left = kMargin + placed.x;
  const double middle = left + kLegendSample / 2;
  const double y = legend_top(plot) + 8 + placed.y;
  if (entry.mark == Mark::kDot || entry.mark == Mark::kSolid) {
    return fmt::format("set label '' at {} point {}\n", screen(plot, middle, y),
                       point_style(entry.colour, entry.shape, entry.mark == Mark::kSolid));
  }
  const bool area = entry.mark == Mark::kBox || entry.mark == Mark::kCell || entry.mark == Mark::kBand;
  if (area) {
    return fmt::format("set label '' at {} point pt 5 ps 1.6 lc rgb '{}{}'\n", screen(plot, middle, y),
                       entry.mark == Mark::kBand ? "#c0" : "#", entry.colour.substr(1));
  }
  const bool upright = entry.mark == Mark::kTick || entry.mark == Mark::kUpright;
  const std::string from = upright ? screen(plot, middle, y + 6) : screen(plot, left, y);
  const std::string to = upright ? screen(plot, middle, y - 6) : screen(plot, left + kLegendSample, y);
  const bool ends = entry.mark == Mark::kInterval || entry.mark == Mark::kUpright;
  const std::string_view heads = ends ? "heads size screen 0.003,90" : "nohead";
  return fmt::format("set arrow from {} to {} {} {}\n", from, to, heads,
                     line_style(entry.mark, entry.colour));
}

std::string legend_commands(const Plot& plot) {
  std::string commands;
  for (const PlacedEntry& placed : place_legend(plot.legend, plot.width - 2 * kMargin)) {
    commands += legend_sample(plot, placed);
    commands += page_text(plot, kMargin + placed.x + kLegendSample + 6, legend_top(plot) + 8 + placed.y,
                          placed.entry->label, "sans,9.5");
  }
  return commands;
}

std::string terminal_commands(const Plot& plot, ImageFormat format) {
  const Sheet& sheet = plot.theme.sheet;
  const std::string_view background = plot.theme.palette.background;
  const auto scaled = [](double scale) {
    return fmt::format(" fontscale {0:.6g} linewidth {0:.6g} pointscale {0:.6g}", scale);
  };
  const auto terminal = [&](std::string_view name, const std::string& size, const std::string& more) {
    return fmt::format("set terminal {} noenhanced background rgb '{}' size {} font 'sans,10'{}\n", name,
                       background, size, more);
  };
  const auto pixels = [&](double scale) {
    return fmt::format("{:.0f},{:.0f}", plot.width * scale, plot.height * scale);
  };
  switch (format) {
    case ImageFormat::kPng:
      return terminal("pngcairo", pixels(sheet.png_scale), scaled(sheet.png_scale));
    case ImageFormat::kSvg:
      return terminal("svg dynamic", pixels(1), "");
    case ImageFormat::kPdf: {
      const double centimetres = sheet.printed_cm / sheet.width;  // of a pixel
      return terminal("pdfcairo",
                      fmt::format("{:.3f}cm,{:.3f}cm", plot.width * centimetres, plot.height * centimetres),
                      scaled(centimetres / kCentimetresOfInch * kPointsOfInch));
    }
  }
  return "";
}

std::string axis_commands(const Plot& plot, const Axis& axis, char name) {
  std::string ticks;
  for (const Tick& tick : axis.ticks) {
    ticks += fmt::format("{}{} {:.17g}", ticks.empty() ? "" : ", ", gnuplot_tick_quoted(tick.label), tick.at);
  }
  std::string commands =
      axis.log ? fmt::format("set logscale {} 10\n", name) : fmt::format("unset logscale {}\n", name);
  commands += fmt::format("set {}range [{:.17g}:{:.17g}]\n", name, axis.low, axis.high);
  commands += fmt::format("unset {}tics\n", name);
  if (!axis.ticks.empty()) {
    commands += fmt::format("set {}tics ({}) nomirror out scale 0.4 font 'sans,9' textcolor rgb '{}'\n", name,
                            ticks, plot.theme.palette.text);
  }
  commands += fmt::format("set {}label {} font 'sans,9.5' textcolor rgb '{}'\n", name,
                          gnuplot_quoted(axis.label), plot.theme.palette.text);
  return commands;
}

std::string note_command(const Plot& plot, const Note& note) {
  const char* anchors[] = {"left", "center", "right"};
  return fmt::format(
      "set label {} at {} {:.17g}, first {:.17g} {} front font 'sans{},9' textcolor rgb '{}' "
      "offset screen {:.6f}, screen {:.6f}\n",
      gnuplot_quoted(note.text), note.across ? "graph" : "first", note.x, note.y,
      anchors[static_cast<int>(note.anchor)], note.bold ? ":Bold" : "",
      note.colour.empty() ? plot.theme.palette.text : note.colour.c_str(), note.dx / plot.width,
      note.dy / plot.height);
}

}  // namespace

double page_top(const Plot& plot) { return legend_top(plot) + legend_height(plot); }

double footer_height(const Plot& plot) {
  return 24 + kFooterLine * static_cast<double>(footer_lines(plot).size());
}

double label_pixels(const std::string& text) {
  return kCharacterPixels * static_cast<double>(display_width(text));
}

std::string page_commands(const Plot& plot, ImageFormat format, const std::string& file) {
  const Palette& palette = plot.theme.palette;
  std::string commands = "set encoding utf8\n" + terminal_commands(plot, format);
  commands += fmt::format("set output {}\n", gnuplot_quoted(file));
  commands += fmt::format("set multiplot\nunset key\nset border 3 lc rgb '{}'\n", palette.axis);
  commands += fmt::format("set grid back lt 1 lw 0.6 lc rgb '{}'\n", palette.grid);
  double y = kTitleBaseline;
  for (const std::string& line : title_lines(plot)) {
    commands += page_text(plot, kMargin, y, line, "sans:Bold,14");
    y += kTitleLine;
  }
  y = subtitle_baseline(plot);
  for (const std::string& line : subtitle_lines(plot)) {
    commands += page_text(plot, kMargin, y, line, "sans,10");
    y += kSubtitleLine;
  }
  y = plot.height - footer_height(plot) + 20;
  for (const std::string& line : footer_lines(plot)) {
    commands += page_text(plot, kMargin, y, line, "sans,8.5");
    y += kFooterLine;
  }
  return commands + legend_commands(plot);
}

std::string panel_commands(const Plot& plot, const Panel& panel) {
  const Box& box = panel.box;
  // What the page drew once must not be drawn again with every later panel.
  std::string commands = &panel == &plot.panels.front() ? "" : "unset label\nunset arrow\n";
  commands += fmt::format("set lmargin at screen {:.6f}\nset rmargin at screen {:.6f}\n",
                          box.left / plot.width, (box.left + box.width) / plot.width);
  commands += fmt::format("set tmargin at screen {:.6f}\nset bmargin at screen {:.6f}\n",
                          1 - box.top / plot.height, 1 - (box.top + box.height) / plot.height);
  commands += axis_commands(plot, panel.x, 'x') + axis_commands(plot, panel.y, 'y');
  for (const Note& note : panel.notes) commands += note_command(plot, note);
  if (panel.series.empty()) return commands + "plot NaN notitle\n";
  for (const Series& series : panel.series) {
    const std::string_view keyword = &series == &panel.series.front() ? "plot" : ",";
    commands += fmt::format("{} '-' {} notitle", keyword, drawn_with(series));
  }
  return commands + "\n";
}

}  // namespace rnnbench
